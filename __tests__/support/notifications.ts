import { createHash } from "node:crypto";
import { readMail } from "../../services/inbox/kinds/email";
import { kindOf } from "../../services/inbox/kinds";
import type { TestInbox } from "./inbox";
import type { Incoming } from "../../services/inbox/store";

/** A group of one alert, as Alertmanager tells it with this project's templates. */
export interface Told {
  readonly alertname?: string;
  readonly service?: string;
  readonly severity?: string;
  readonly status?: "firing" | "resolved";
  readonly summary?: string;
  readonly description?: string;
  /** Whether the link to a silence has the group filled in. Default true. */
  readonly isSilencePlain?: boolean;
}

const escapers: Readonly<Record<string, (text: string) => string>> = {
  slack: (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  discord: (text) => text.replace(/([\\*_~`|<>[\]])/g, "\\$1"),
  email: (text) => text,
};

/** A message of a kind as it comes from Alertmanager; `e2e/inbox-page.test.ts` holds the real ones against the same. */
export async function messageOf(kind: string, told: Told = {}): Promise<Incoming> {
  const payload = payloadOf(kind, told);
  if (kind === "email") {
    return { ...(await readMail(Buffer.from(String(payload)))), kind, receiver: "ops@example.com" };
  }
  const body = Buffer.from(JSON.stringify(payload));
  const posted = { body, mediaType: "application/json", path: "", query: new URLSearchParams() };
  const outcome = kindOf(kind).receive?.(posted);
  if (!outcome?.content) throw new Error(`${kind}: ${JSON.stringify(outcome?.answer)}`);
  return { ...outcome.content, kind, receiver: `${kind}-ops` };
}

/** Posts a message of each kind that comes by HTTP, as Alertmanager does. */
export async function postTo(inbox: TestInbox, told: Told = {}, sentTo = postedKinds): Promise<void> {
  for (const kind of sentTo) await inbox.post(`/${kind}/${kind}-ops`, payloadOf(kind, told) as object);
}

/** What a message is made of. */
interface Parts {
  readonly title: string;
  readonly text: string;
  readonly escape: (text: string) => string;
  readonly status: "firing" | "resolved";
  readonly service: string;
  readonly severity: string;
  readonly summary: string;
  readonly description: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<"Runbook" | "Dashboard" | "Silence", string>>;
  readonly groupLabels: Readonly<Record<string, string>>;
  readonly groupKey: string;
}

function payloadOf(kind: string, told: Told): unknown {
  const { alertname = "HighErrorRatio", service = "order-service", severity = "critical" } = told;
  const { status = "firing", summary = `${service} answers with errors`, isSilencePlain = true } = told;
  const { description = "33.4% of the requests failed; at most 5% may." } = told;
  const groupLabels = { alertname, environment: "local", service };
  const matchers = Object.entries(groupLabels).map(([name, value]) => `${name}="${value}"`);
  const links = {
    Runbook: `https://example.com/runbooks/${alertname}.md`,
    Dashboard: `http://127.0.0.1:3300/d/service-health?var-service=${encodeURIComponent(service)}`,
    Silence: isSilencePlain
      ? `http://127.0.0.1:9093/#/silences/new?filter=${encodeURIComponent(`{${matchers.join()}}`)}`
      : "http://127.0.0.1:9093/#/alerts",
  };
  const title = `[${status.toUpperCase()}: 1] ${alertname} · ${service} · local`;
  const fields = {
    Summary: summary,
    Description: description,
    Since: "2026-11-26 04:26:20 UTC",
    ...(status === "resolved" && { Resolved: "2026-11-26 04:31:20 UTC" }),
  };
  const escape = escapers[kind === "msteams" ? "discord" : kind] ?? ((text: string) => text);
  const mark = { slack: "*", discord: "**", msteams: "**" }[kind] ?? "";
  const end = kind === "msteams" ? "\n\n" : "\n";
  const lines = (values: Readonly<Record<string, string>>) =>
    Object.entries(values).map(([name, value]) => `${mark}${name}:${mark} ${escape(value)}`);
  const shownLinks = Object.entries(links).map(([words, url]) => {
    if (kind === "slack") return `<${url}|${words}>`;
    return mark === "" ? `${words}: ${url}` : `[${words}](${url})`;
  });
  const text = [
    ...lines({ Alert: alertname, Severity: severity, Where: `environment=local, service=${service}` }),
    "",
    ...lines(fields),
    "",
    shownLinks.join(mark === "" ? "\n" : " · "),
  ].join(end);
  const groupKey = `{}/{severity="${severity}"}:{${matchers.join(", ")}}`;
  const parts = { title, text, escape, status, service, severity, summary, description };
  const payload = payloads[kind]?.({ ...parts, fields, links, groupLabels, groupKey });
  if (payload === undefined) throw new Error(`Nobody says what Alertmanager sends to ${kind}.`);
  return payload;
}

/** What is sent to each kind, made of these. */
const payloads: Readonly<Record<string, (parts: Parts) => unknown>> = {
  slack: ({ title, text, escape }) => ({
    channel: "#ops",
    attachments: [{ title: escape(title), text, color: "danger" }],
  }),
  discord: ({ title, text, escape }) => ({
    content: "",
    embeds: [{ title: escape(title), description: text, color: 0x992d22 }],
  }),
  msteams: ({ title, text, escape }) => {
    const body = [escape(title), text].map((each) => ({ type: "TextBlock", text: each, wrap: true }));
    const content = { type: "AdaptiveCard", version: "1.2", body };
    return {
      type: "message",
      attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content }],
    };
  },
  email: ({ title, text }) =>
    [
      `Subject: =?utf-8?B?${Buffer.from(title).toString("base64")}?=`,
      "Content-Type: text/plain; charset=utf-8",
      "",
      text,
    ].join("\r\n"),
  pagerduty: ({ title, summary, service, severity, status, fields, links, groupKey }) => ({
    routing_key: "0".repeat(32),
    dedup_key: createHash("sha256").update(groupKey).digest("hex"),
    event_action: status === "firing" ? "trigger" : "resolve",
    payload: {
      summary: `${title}: ${summary}`,
      source: service,
      severity: ["critical", "warning", "info"].includes(severity) ? severity : "error",
      custom_details: { [status]: fields, [`num_${status}`]: 1 },
    },
    links: Object.entries(links).map(([words, href]) => ({ text: words, href })),
  }),
  webhook: ({ status, severity, summary, description, links, groupLabels, groupKey }) => {
    const labels = { ...groupLabels, severity };
    return {
      version: "4",
      status,
      receiver: "ops",
      groupKey,
      truncatedAlerts: 0,
      externalURL: "http://127.0.0.1:9093",
      groupLabels,
      commonLabels: labels,
      commonAnnotations: {},
      alerts: [
        {
          status,
          labels,
          annotations: { summary, description, runbook_url: links.Runbook, dashboard_url: links.Dashboard },
          startsAt: "2026-11-26T04:26:20Z",
          endsAt: status === "resolved" ? "2026-11-26T04:31:20Z" : "0001-01-01T00:00:00Z",
          generatorURL: "http://127.0.0.1:9090/graph?g0.expr=up",
        },
      ],
    };
  },
};

/** Every kind that tells of alerts, of which is said here what Alertmanager sends to it. */
export const everyKind = Object.keys(payloads);

/** Those that come by HTTP. */
export const postedKinds = everyKind.filter((kind) => kindOf(kind).receive);
