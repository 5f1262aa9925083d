import { readdirSync } from "node:fs";
import { join } from "node:path";
import { renderRunbook } from "../../../services/inbox/runbooks/render";
import { Runbooks } from "../../../services/inbox/runbooks/runbooks";
import { TestInbox } from "../../support/inbox";

const folder = join(__dirname, "../../../docs/runbooks");
const names = readdirSync(folder).map((file) => file.replace(/\.md$/, ""));
const runbooks = new Runbooks();
const inbox = new TestInbox();
afterAll(() => inbox.close());

async function get(path: string) {
  const { statusCode, body, headers } = await inbox.app.inject({ method: "GET", url: path });
  return { status: statusCode, body, headers };
}

const rendered = (text: string, values = {}) =>
  renderRunbook({ name: "Test", text, placeholders: [] }, { runbooks, values });

describe("GET /runbooks/<alert>", () => {
  it.each(names)("%s is served, with and without .md", async (name) => {
    const page = await get(`/runbooks/${name}`);
    expect(page.status).toBe(200);
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.body).toContain(`<h1>${name}</h1>`);
    for (const heading of ["What it means", "How to look", "How to mend"]) {
      expect(page.body).toContain(`<h2>${heading}</h2>`);
    }
    // No Markdown is left.
    expect(page.body).not.toMatch(/^(?:#+ |```)|\]\(/m);
    expect((await get(`/runbooks/${name}.md`)).body).toBe(page.body);
  });

  it("fills the service into the commands and queries, and says what is still open", async () => {
    const { body } = await get("/runbooks/HighErrorRatio?service=order-service&environment=prod");
    expect(body).toContain("{service=&quot;<mark>order-service</mark>&quot;, status_code");
    expect(body).toContain(
      "docker logs --since 15m <mark>prod</mark>-<mark>order-service</mark> 2&gt;&amp;1",
    );
    expect(body).not.toContain("&lt;service&gt;");
    expect(body).toContain('<mark class="open">&lt;ticket&gt;</mark>');
    expect(body).toContain('<input name="service" value="order-service"');
  });

  it("fills in any label that a runbook has a place for", async () => {
    const { body } = await get(
      "/runbooks/HostFilesystemFillingUp?instance=10.0.0.1:9100&mountpoint=/var/lib",
    );
    expect(body).toContain("sudo find <mark>/var/lib</mark> -xdev");
    expect(body).toContain("instance=&quot;<mark>10.0.0.1:9100</mark>&quot;");
  });

  it.each([
    "$(reboot)",
    "a;reboot",
    "a b",
    "`id`",
    "--help",
    "a'b",
    'a"b',
    "<script>",
    "a\nb",
    "x".repeat(300),
  ])("fills in nothing that could be more than a value: %j", async (value) => {
    const { body } = await get(`/runbooks/HighErrorRatio?service=${encodeURIComponent(value)}`);
    expect(body).toContain('<mark class="open">&lt;service&gt;</mark>');
    expect(body).toContain("Not filled in: service.");
    expect(body).not.toContain("<mark>");
    expect(body).not.toContain(value);
  });

  it("takes other runbooks along with the same values", async () => {
    const { body } = await get("/runbooks/HighErrorRatio?service=order-service&environment=prod");
    expect(body).toContain(
      '<a href="HighLatency?service=order-service&amp;environment=prod"><code>HighLatency</code></a>',
    );
  });

  it("says for a name that there is not which there are", async () => {
    for (const path of ["/runbooks/Nothing", "/runbooks/%3Cscript%3E", "/runbooks/__proto__"]) {
      const { status, body } = await get(path);
      expect(status).toBe(404);
      expect(body).toContain("There is no runbook");
      expect(body).toContain('<a href="HighErrorRatio">HighErrorRatio</a>');
      expect(body).not.toContain("<script>");
    }
  });

  it("lists all", async () => {
    const { body } = await get("/runbooks/");
    for (const name of names) expect(body).toContain(`<a href="${name}">${name}</a>`);
    expect((await get("/runbooks")).headers.location).toBe("runbooks/");
  });

  it("lets nothing in from elsewhere", async () => {
    const { headers } = await get("/runbooks/HighErrorRatio");
    expect(headers["content-security-policy"]).toContain("default-src 'none'");
    expect(headers["content-security-policy"]).toContain("form-action 'self'");
  });
});

describe("a runbook's text", () => {
  it("brings no HTML and no link but to runbooks and the web", () => {
    const html = rendered(
      "<script>alert(1)</script> <b onclick=x> [a](javascript:alert(1)) [b](../alerts.md#x) [c](HighLatency.md) " +
        "[d](https://example.com/)",
    );
    expect(html).toContain("&lt;script&gt;");
    expect(html).not.toMatch(/<(?:script|b)\b/);
    expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href]) => href)).toEqual([
      "HighLatency",
      "https://example.com/",
    ]);
    expect(html).toContain(" b ");
  });

  it("has tables, lists and code", () => {
    expect(rendered("| a | b |\n| - | - |\n| 1 | 2 |")).toContain("<td>2</td>");
    expect(rendered("1. a\n2. b")).toContain("<li>b</li>");
    expect(rendered("```sh\nls <name>\n```", { name: "x" })).toBe(
      '<pre tabindex="0"><code>ls <mark>x</mark>\n</code></pre>\n',
    );
  });
});
