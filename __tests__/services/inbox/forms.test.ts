import { formOf } from "../../../services/inbox/forms";
import { mailPage } from "../../../services/inbox/forms/email";
import type { Piece } from "../../../services/inbox/forms/piece";
import { kinds } from "../../../services/inbox/kinds";
import { Links } from "../../../services/inbox/links";
import { Runbooks } from "../../../services/inbox/runbooks/runbooks";
import { hostileTexts } from "../../support/hostile-alerts";
import { TestInbox } from "../../support/inbox";
import { everyKind, messageOf } from "../../support/notifications";

const links = new Links(
  { runbooksUrls: [], unservedUrls: [new URL("http://127.0.0.1:3300")] },
  new Runbooks(),
);

function form(kind: string, payload: unknown): readonly Piece[] {
  return formOf({ id: "x-1", kind, payload }, { hrefOf: (url) => links.hrefOf(url, {}) });
}

/** What can be read, elements in brackets: `[b text]`. */
function drawn(pieces: readonly Piece[]): string {
  return pieces
    .map((piece) => {
      if (typeof piece === "string") return piece;
      const { is, href, children } = piece;
      if (["div", "span", "p"].includes(is)) return drawn(children);
      return `[${[is, href].filter(Boolean).join(" ")} ${drawn(children)}]`;
    })
    .join("");
}

/** All elements of a form. */
function elementsOf(pieces: readonly Piece[]): Exclude<Piece, string>[] {
  return pieces.flatMap((piece) => (typeof piece === "string" ? [] : [piece, ...elementsOf(piece.children)]));
}

const slackText = (text: string) => drawn(form("slack", { text })).replace("[b incoming-webhook]APP", "");

describe("Slack's markup", () => {
  it.each([
    ["*bold* _it_ ~no~ `code`", "[b bold] [i it] [s no] [code code]"],
    ["a snake_case_name, 2*3*4", "a snake_case_name, 2*3*4"],
    ["one\ntwo", "one[br ]two"],
    ["<https://example.com/|words>", "[a https://example.com/ words]"],
    ["<https://example.com/>", "[a https://example.com/ https://example.com/]"],
    ["<javascript:alert(1)|words>", "words"],
    ["<http://127.0.0.1:3300/d/x|Dashboard>", "Dashboard"],
    ["<!channel> <@U123> <#C1|general>", "@channel @U123 #general"],
    ["&lt;b&gt; &amp;amp;", "<b> &amp;"],
    ["> said\nanswered", "[blockquote said]answered"],
    ["```a\n*b*```", "[pre a\n*b*]"],
    ["<b>x</b>", "bx/b"],
  ])("%j", (text, shown) => {
    expect(slackText(text)).toBe(shown);
  });
});

describe("Discord's and Teams' Markdown", () => {
  it.each([
    ["**bold** *it* ~~no~~ `code`", "[b bold] [i it] [s no] [code code]"],
    ["__under__", "[u under]"],
    ["one\ntwo", "one[br ]two"],
    ["[words](https://example.com/)", "[a https://example.com/ words]"],
    ["[words](javascript:alert(1))", "[words](javascript:alert(1))"],
    ["\\*plain\\* \\[x\\]", "*plain* [x]"],
    ["<script>alert(1)</script>", "<script>alert(1)</script>"],
    ["![x](https://evil.example/x.png)", "![a https://evil.example/x.png x]"],
    ["- a\n- b", "[ul [li a][li b]]"],
  ])("Discord: %j", (text, shown) => {
    expect(drawn(form("discord", { embeds: [{ description: text }] })).replace("[b Webhook]APP", "")).toBe(
      shown,
    );
  });

  it("Teams: a line end is a space", () => {
    const body = [{ type: "TextBlock", text: "one\ntwo\n\nthree" }];
    expect(drawn(form("msteams", { attachments: [{ content: { body } }] }))).toBe("Workflowsone twothree");
  });
});

describe("a message as its receiver sees it", () => {
  it.each(everyKind)("%s says all, and no link in it leads nowhere", async (kind) => {
    const message = await messageOf(kind);
    const text = drawn(form(kind, message.payload));
    for (const words of ["HighErrorRatio", "order-service answers with errors", "33.4%"]) {
      expect(text).toContain(words);
    }
    expect(text).not.toMatch(/\[a http:\/\/127\.0\.0\.1:3300/);
    // A mail of plain text has none that are links.
    if (kind !== "email") expect(text).toMatch(/\[a https:\/\/example\.com\/runbooks\/HighErrorRatio\.md /);
  });

  it("of Slack has the bar's colour, titles and fields", () => {
    const attachment = {
      color: "#36a64f",
      title: "T",
      title_link: "https://example.com/",
      fields: [{ title: "F", value: "*v*", short: true }],
      actions: [{ type: "button", text: "Press", url: "https://example.com/press" }],
    };
    const pieces = form("slack", { attachments: [attachment] });
    expect(elementsOf(pieces).find(({ look }) => look === "attachment")?.color).toBe("#36a64f");
    expect(drawn(pieces)).toContain("[a https://example.com/ T]");
    expect(drawn(pieces)).toContain("[b F][b v]");
    expect(drawn(pieces)).toContain("[a https://example.com/press Press]");
  });

  it.each(Object.keys(kinds))("%s of any JSON is drawn, and brings nothing to life", (kind) => {
    const texts = Object.values(hostileTexts);
    const values: unknown[] = [
      null,
      1,
      "x",
      [],
      {},
      [[]],
      { attachments: 1, blocks: "x", embeds: [null], links: {} },
    ];
    for (const text of texts) {
      values.push({
        text,
        content: text,
        subject: text,
        html: text,
        channel: text,
        embeds: [
          { title: text, description: text, url: text, color: 1e9, fields: [{ name: text, value: text }] },
        ],
        attachments: [
          {
            title: text,
            title_link: text,
            text,
            color: text,
            content: { body: [{ type: "TextBlock", text, color: text }] },
          },
        ],
        blocks: [{ type: text, text: { type: "mrkdwn", text } }],
        links: [{ href: text, text }],
        payload: { summary: text, custom_details: { [text]: text } },
      });
    }
    for (const value of values) {
      for (const { is, href, color, look } of elementsOf(form(kind, value))) {
        expect(is).toMatch(/^[a-z]+$/);
        if (href !== undefined) expect(href).toMatch(/^(?:https?:\/\/|messages\/x-1\/mail$)/);
        if (color !== undefined) expect(color).toMatch(/^#[0-9a-f]{6}$/);
        if (look !== undefined) expect(look).toMatch(/^[a-z -]+$/);
      }
    }
  });
});

describe("a mail's HTML", () => {
  it("is shown without those links that lead nowhere", () => {
    expect(mailPage("<p>x</p>", links)).toBe(
      '<p>x</p><base target="_blank"><style>a[href="http://127.0.0.1:3300"],a[href^="http://127.0.0.1:3300/"],' +
        'a[href^="http://127.0.0.1:3300?"],a[href^="http://127.0.0.1:3300#"]{display:none}</style>',
    );
  });

  it("is a page that can do nothing; other messages have none", async () => {
    const inbox = new TestInbox();
    await inbox.post("/slack/ops", { text: "a" });
    const [message] = await inbox.messages();
    const get = (path: string) =>
      inbox.app.inject({ method: "GET", url: `/messages/${message?.id ?? ""}${path}` });
    expect((await get("/mail")).statusCode).toBe(404);
    expect((await get("")).json()).toEqual(message);
    expect((await get("/form")).json()).toMatchObject({ pieces: [{ look: "slack" }] });
    expect((await inbox.app.inject({ method: "GET", url: "/messages/none/form" })).statusCode).toBe(404);
    await inbox.close();
  });
});
