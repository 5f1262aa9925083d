import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { limits } from "../../alerts/notifications/limits";
import { renderTemplateFile } from "../../alerts/notifications/template-file";
import { kinds as receiverKinds } from "../../alerts/receivers";
import { mailLimits } from "../../alerts/receivers/email";
import { pageLimits } from "../../alerts/receivers/pagerduty";
import { mostAlerts } from "../../alerts/receivers/webhook";
import { kinds } from "../../services/inbox/kinds";
import type { Content } from "../../services/inbox/message";
import { alertmanagerProgram, TestAlertmanager } from "../support/alertmanager";
import { alertmanagerFiles } from "../support/alertmanager-files";
import { environmentsOfEveryKind } from "../support/every-kind";
import { hostileGroup, hostileTexts } from "../support/hostile-alerts";
import { describeWith } from "../support/require-program";
import { amtool } from "../support/programs";
import { temporaryFolder } from "../support/temporary-folder";
import { type Received, WebhookTarget } from "../support/webhook-target";

jest.setTimeout(120_000);

const count = 500;

/** Of two services, as a critical alert silences the same warning of its service. */
const groups = [
  ...hostileGroup(count, "critical", "order-service"),
  ...hostileGroup(count, "warning", "product-service"),
];

interface Texts {
  readonly title: string;
  readonly text: string;
}

/** What is known of what a service takes: where title and text are in what is posted, and their most bytes. */
interface Known {
  readonly read: (payload: never) => Texts;
  readonly mostOfTitle: number;
  readonly mostOfText: number;
}

/** Of other kinds their title and text are what the inbox reads, and as long as it takes, as their service does. */
const known: Readonly<Record<string, Known>> = {
  slack: {
    read: ({ attachments: [first] }: { attachments: [{ title: string; text: string }] }) => first,
    mostOfTitle: 1024,
    mostOfText: 4000,
  },
  discord: {
    read: ({ embeds: [first] }: { embeds: [{ title: string; description: string }] }) => ({
      title: first.title,
      text: first.description,
    }),
    mostOfTitle: 256,
    mostOfText: 4096,
  },
  msteams: {
    read: ({
      attachments: [first],
    }: {
      attachments: [{ content: { body: [{ text: string }, { text: string }] } }];
    }) => ({ title: first.content.body[0].text, text: first.content.body[1].text }),
    mostOfTitle: 256,
    mostOfText: 4096,
  },
  pagerduty: {
    read: ({ payload }: { payload: { summary: string; custom_details: { firing: string } } }) => ({
      title: payload.summary,
      text: payload.custom_details.firing,
    }),
    mostOfTitle: 1024,
    mostOfText: pageLimits.list,
  },
};

/** The receivers of `local`, one of every kind among them, that are told by HTTP. */
const receivers = environmentsOfEveryKind("local")
  .flatMap(({ alerting }) => alerting.receivers)
  .filter(({ kind }) => kinds[kind]?.receive)
  .map(({ kind, name }) => ({ kind, path: `/${kind}/${name}` }));

/** Those whose texts are made of this project's templates. */
const textReceivers = receivers.filter(({ kind }) => "templates" in receiverKinds[kind]);

/** What the inbox reads in a message. @throws Error where it refuses it */
function contentOf({ outcome, path }: Received): Content {
  if (!outcome?.content) throw new Error(`${path}: ${JSON.stringify(outcome?.answer)}`);
  return outcome.content;
}

/** A body that must be UTF-8, as text. */
function decoded(body: Buffer): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(body);
}

/** What a reader sees as characters of a text. */
function characters(text: string): string[] {
  return [...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text)].map(
    ({ segment }) => segment,
  );
}

/** How many alerts a text lists, and how many more there are by its own words. */
function listed(text: string): { readonly shown: number; readonly more: number } {
  return {
    shown: [...text.matchAll(/^(?:\*|<b>)*Summary:/gm)].length,
    more: Number(/\.\.\. and (\d+) more firing$/m.exec(text)?.[1] ?? "0"),
  };
}

describeWith([alertmanagerProgram], "what a real Alertmanager sends of 500 hostile alerts", () => {
  let target: WebhookTarget;
  let alertmanager: TestAlertmanager;

  beforeAll(async () => {
    target = await WebhookTarget.start();
    const files = alertmanagerFiles(
      "local",
      target.url,
      (configuration) =>
        // All alerts must be there before the first message.
        configuration
          .replace(/group_wait: \d+s/g, "group_wait: 2s")
          .replace(/group_interval: \w+/g, "group_interval: 2s"),
      environmentsOfEveryKind,
    );
    alertmanager = await TestAlertmanager.start({ files });
    await alertmanager.post(groups);
  });

  afterAll(async () => {
    await alertmanager.stop();
    await target.stop();
  });

  describe.each(textReceivers)("$path", ({ kind, path }) => {
    const { mostOfTitle = Infinity, mostOfText = Infinity, read } = known[kind] ?? {};
    let message: Received;
    let texts: Texts = { title: "", text: "" };

    beforeAll(async () => {
      const [first] = await target.messages(path);
      if (!first) throw new Error("No message.");
      message = first;
      texts = read ? read(JSON.parse(decoded(message.body)) as never) : contentOf(message);
    });

    it("is within the limits of its service, counted in bytes", () => {
      expect(message.outcome?.answer.status).toBeLessThan(300);
      expect(Buffer.byteLength(texts.title)).toBeLessThanOrEqual(mostOfTitle);
      expect(Buffer.byteLength(texts.text)).toBeLessThanOrEqual(mostOfText);
    });

    it("lists some alerts, and says how many more there are", () => {
      const { shown, more } = listed(texts.text);
      expect(shown).toBeGreaterThanOrEqual(3);
      expect(shown + more).toBe(count);
      expect(texts.title).toMatch(/^\[FIRING: 500\] Hostile · (?:order|product)-service · local/);
    });

    it("is read as a message of that group by the inbox", () => {
      const subject = kinds[kind]?.subjectOf(contentOf(message));
      expect(subject).toMatchObject({ labels: { alertname: "Hostile" }, links: { length: 3 } });
      expect(subject?.alerts.length).toBeGreaterThanOrEqual(3);
    });

    it("has no half character: neither half a code point nor half an emoji", () => {
      const whole = new Set(Object.values(hostileTexts).flatMap(characters));
      const parts = characters(texts.text).filter((character) => /[^\p{ASCII}]/u.test(character));
      const others = [...new Set(parts)].filter((part) => !whole.has(part) && !["…", "·"].includes(part));
      expect(others).toEqual([]);
      expect(texts.text).not.toMatch(/\ufffd|\p{Surrogate}/u);
    });

    it("has no control character, and nothing that turns the reading order", () => {
      expect(texts.text).not.toMatch(/(?!\n)\p{Cc}|[\u2028\u2029\u202A-\u202E\u2066-\u2069]/u);
    });
  });

  it("links to runbook, dashboard and a silence that has the group filled in", async () => {
    const [message] = await target.messages("/slack/slack-critical");
    const { text } = known.slack?.read(JSON.parse(decoded(message?.body ?? Buffer.from(""))) as never) ?? {
      text: "",
    };
    const links = new Map(
      [...text.matchAll(/<([^|>]+)\|(\w+)>/g)].map(([, address, words]) => [words, address]),
    );
    expect(links.get("Runbook")).toBe("https://example.com/runbooks/Hostile.md");
    expect(links.get("Dashboard")).toBe(
      "https://grafana.example.com/d/service-health?var-service=order-service",
    );
    const silence = links.get("Silence") ?? "";
    expect(silence).toMatch(/^https:\/\/alertmanager\.example\.com\/#\/silences\/new\?filter=/);
    expect(decodeURIComponent(silence.split("filter=")[1] ?? "")).toBe(
      `{alertname="Hostile",environment="local",service="order-service"}`,
    );
    expect(links.size).toBe(3);
  });

  it("gives a generic webhook Alertmanager's JSON with at most 100 alerts and the number of the rest", async () => {
    const [message] = await target.messages("/webhook/webhook-incidents");
    const { version, status, alerts, truncatedAlerts } = JSON.parse(
      decoded(message?.body ?? Buffer.from("")),
    ) as { version: string; status: string; alerts: unknown[]; truncatedAlerts: number };
    expect([version, status, alerts.length, truncatedAlerts]).toEqual([
      "4",
      "firing",
      mostAlerts,
      count - mostAlerts,
    ]);
  });

  it("tells everybody when all is resolved, and nobody else anything", async () => {
    const before = target.received.length;
    const ended = new Date(Date.now() - 1000);
    await alertmanager.post(groups.map((alert) => ({ ...alert, endsAt: ended })));
    for (const { path } of receivers) {
      const messages = await target.messages(path, 2);
      expect(messages.slice(0, 2).map((message) => contentOf(message).status)).toEqual([
        "firing",
        "resolved",
      ]);
    }
    const after = target.received.slice(before).map(({ path }) => path.split("/").slice(0, 3).join("/"));
    expect(after.sort()).toEqual(receivers.map(({ path }) => path).sort());
  });
});

describeWith([amtool], "mails, as Alertmanager runs their templates", () => {
  const folder = temporaryFolder();

  /** What a template gives for alerts. */
  function rendered(
    name: string,
    type: "text" | "html",
    alerts: readonly object[],
    status = "firing",
    labels: Readonly<Record<string, string>> = {
      alertname: "Hostile",
      service: "order-service",
      environment: "local",
    },
  ): string {
    const directory = folder();
    const data = {
      receiver: "email-ops",
      status,
      externalURL: "https://alertmanager.example.com",
      groupLabels: labels,
      commonLabels: { ...labels, severity: "critical" },
      commonAnnotations: {},
      alerts,
    };
    writeFileSync(join(directory, "data.json"), JSON.stringify(data));
    writeFileSync(join(directory, "notifications.tmpl"), renderTemplateFile());
    const args = [
      "template",
      "render",
      `--template.glob=${join(directory, "notifications.tmpl")}`,
      `--template.data=${join(directory, "data.json")}`,
      `--template.type=${type}`,
      `--template.text={{ template "${name}" . }}`,
    ];
    const { status: code, stdout, stderr } = spawnSync("amtool", args, { encoding: "utf8" });
    if (code !== 0) throw new Error(stderr);
    return stdout;
  }

  const hostile = hostileGroup(count, "critical", "order-service").map((alert) => ({
    ...alert,
    status: "firing",
    startsAt: "2026-11-23T03:00:00Z",
    endsAt: "0001-01-01T00:00:00Z",
  }));

  it("have a subject that tells services, environments and how many alerts apart", () => {
    const subject = (status: "firing" | "resolved", service: string, environment: string, alerts: number) =>
      rendered(
        "notification.title",
        "text",
        hostile.slice(0, alerts).map((alert) => ({ ...alert, status })),
        status,
        { alertname: "HighErrorRatio", service, environment },
      );
    expect(subject("firing", "order-service", "prod", 2)).toBe(
      "[FIRING: 2] HighErrorRatio · order-service · prod",
    );
    expect(subject("firing", "auth-service", "dev", 1)).toBe(
      "[FIRING: 1] HighErrorRatio · auth-service · dev",
    );
    expect(subject("resolved", "order-service", "prod", 3)).toBe(
      "[RESOLVED: 3] HighErrorRatio · order-service · prod",
    );
    const { html, lines, turned, long } = hostileTexts;
    for (const text of [html, lines, turned, long]) {
      const line = subject("firing", text, "prod", 1);
      // A mail's header is one line; what is longer than a title is cut.
      expect(line).toMatch(/^\[FIRING: 1\] HighErrorRatio · [^\p{Cc}\u2028\u2029\u202a-\u202e]+$/u);
      expect([...line].length).toBeLessThanOrEqual(limits.title);
    }
  });

  it("list alerts in the text within the limit, and count the rest", () => {
    const text = rendered("notification.mail.text", "text", hostile);
    const { shown, more } = listed(text);
    expect(shown).toBeGreaterThan(10);
    expect(shown + more).toBe(count);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(mailLimits.text);
  });

  it("escape everything in the HTML", () => {
    const html = rendered("notification.mail.html", "html", hostile);
    const tags = [...html.matchAll(/<\/?([a-z0-9!]+)/gi)].map(([, name]) => name?.toLowerCase());
    expect(new Set(tags)).toEqual(
      new Set(["!doctype", "html", "head", "meta", "body", "h2", "table", "tr", "td", "p", "a"]),
    );
    expect(html).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
    expect(html).toContain("... and 480 more firing");
    // Gmail hides what is beyond.
    expect(Buffer.byteLength(html)).toBeLessThan(102_000);
  });

  it("write out what Slack's and Markdown's markup would read, as do the messages of these services", () => {
    const [first] = hostile;
    const text = (name: string, summary: string) =>
      rendered(name, "text", [{ ...first, annotations: { summary } }]);
    expect(text("notification.slack.text", hostileTexts.slack)).toContain(
      "*Summary:* &lt;!channel&gt; &lt;@U123&gt; &lt;https://evil.example|click&gt; &amp; ",
    );
    for (const name of ["notification.discord.text", "notification.msteams.text"]) {
      expect(text(name, hostileTexts.markdown)).toContain(
        "**Summary:** \\[click\\](https://evil.example) \\*\\*bold\\*\\* \\_\\_x\\_\\_ \\~\\~y",
      );
    }
  });

  it("follow no link that is none", () => {
    const [first] = hostile;
    const annotations = { runbook_url: "javascript:alert(1)", dashboard_url: `https://x/"onclick="alert(1)` };
    const html = rendered("notification.mail.html", "html", [{ ...first, annotations }]);
    expect(html).not.toContain("javascript:");
    expect(html).not.toMatch(/"onclick=/);
    expect(rendered("notification.slack.text", "text", [{ ...first, annotations }])).not.toContain("Runbook");
  });

  it("say since when, and when it was resolved", () => {
    const [first] = hostile;
    const resolved = { ...first, status: "resolved", endsAt: "2026-11-23T04:30:00+01:00" };
    const text = rendered("notification.mail.text", "text", [resolved], "resolved");
    expect(text).toContain("Since: 2026-11-23 03:00:00 UTC\nResolved: 2026-11-23 03:30:00 UTC\n");
  });
});
