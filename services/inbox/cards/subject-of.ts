import { createHash } from "node:crypto";
import { z } from "zod";
import { alertmanagerMessage } from "../kinds/webhook";
import { objectsIn, textIn } from "../json";
import type { Content, Message } from "../message";
import { markdownMarkup, plainMarkup, readNotification, slackMarkup, type Markup } from "./notification-text";
import { labelsOfSilence, silenceLink } from "./silence-link";
import { nameOfTitle, type AlertFacts, type Labels, type Link, type Subject } from "./subject";

/** Kinds whose messages are texts. */
const markups: Readonly<Record<string, Markup>> = {
  slack: slackMarkup,
  discord: markdownMarkup,
  msteams: markdownMarkup,
  email: plainMarkup,
};

/** What a message is about, by what its kind has of it. */
export function subjectOf({ kind, title, text, payload }: Content & Pick<Message, "kind">): Subject {
  const markup = markups[kind];
  if (markup) return readNotification(title, text, markup);
  const webhook = alertmanagerMessage.safeParse(payload);
  if (kind === "webhook" && webhook.success) return subjectOfWebhook(webhook.data);
  const page = pagerDutyEvent.safeParse(payload);
  if (kind === "pagerduty" && page.success) return subjectOfPage(title, page.data);
  return { labels: {}, names: [nameOfTitle(title)], alerts: [], more: 0, links: [] };
}

/** It has all: the group's key and labels, and each alert with its annotations. */
function subjectOfWebhook(message: z.infer<typeof alertmanagerMessage>): Subject {
  const { groupKey, groupLabels, commonLabels, commonAnnotations, externalURL, alerts } = message;
  const { severity } = commonLabels;
  const [first] = alerts;
  const common = new Set(Object.keys(commonLabels));
  const links: (Link | undefined)[] = [
    link("Runbook", first?.annotations.runbook_url),
    link("Dashboard", first?.annotations.dashboard_url),
    externalURL === undefined ? undefined : silenceLink(externalURL, groupLabels),
    link("Source", first?.generatorURL),
  ];
  return {
    ...(groupKey !== undefined && { groupKey: createHash("sha256").update(groupKey).digest("hex") }),
    groupLabels,
    labels: { ...commonLabels, ...groupLabels },
    names: namesOf(groupLabels),
    ...(severity !== undefined && { severity }),
    alerts: alerts.map((alert): AlertFacts => {
      const description = alert.annotations.description ?? commonAnnotations.description;
      const own = Object.entries(alert.labels).filter(([name]) => !common.has(name));
      return {
        status: alert.status,
        summary: alert.annotations.summary ?? commonAnnotations.summary ?? alert.labels.alertname ?? "",
        ...(description !== undefined && { description }),
        ...(alert.startsAt !== undefined && { since: alert.startsAt }),
        ...(alert.status === "resolved" && alert.endsAt !== undefined && { resolved: alert.endsAt }),
        ...(own.length > 0 && { labels: own.map((each) => each.join("=")).join(", ") }),
      };
    }),
    more: message.truncatedAlerts ?? 0,
    links: links.filter((each) => each !== undefined),
  };
}

/** As this project's templates name a group, and as Alertmanager's own do. */
function namesOf(groupLabels: Labels): string[] {
  const { alertname, service, environment } = groupLabels;
  const sorted = Object.entries(groupLabels).sort(([a], [b]) => {
    if (a === "alertname" || b === "alertname") return a === "alertname" ? -1 : 1;
    return a < b ? -1 : 1;
  });
  const own = [alertname, service, environment].filter((each) => each !== undefined && each !== "");
  return [...new Set([own.join(" · "), sorted.map(([, value]) => value).join(" ")])];
}

const text = z.string().catch("");
/** What this project, or Alertmanager by default, puts into an event of PagerDuty. */
const pagerDutyEvent = z.object({
  dedup_key: text,
  links: z.array(z.object({ href: text, text: text })).catch([]),
  payload: z
    .object({
      severity: text,
      custom_details: z
        .object({
          num_firing: z.coerce.number().int().catch(0),
          num_resolved: z.coerce.number().int().catch(0),
          firing: z.unknown(),
          resolved: z.unknown(),
        })
        .partial()
        .catch({}),
    })
    .catch({ severity: "", custom_details: {} }),
});

/** Severities that PagerDuty has and Alertmanager's templates keep; `error` stands for whatever is none of them. */
const pageSeverities = ["critical", "warning", "info"];

function subjectOfPage(title: string, event: z.infer<typeof pagerDutyEvent>): Subject {
  const { severity, custom_details: details } = event.payload;
  const links = event.links.map(({ href, text: words }) => ({ words, url: href }));
  const groupLabels = links.map(({ url }) => labelsOfSilence(url)).find((labels) => labels !== undefined);
  const alerts = [
    ...alertsOfDetails(details.firing, "firing"),
    ...alertsOfDetails(details.resolved, "resolved"),
  ];
  const name = nameOfTitle(title);
  const count = (details.num_firing ?? 0) + (details.num_resolved ?? 0);
  return {
    ...(event.dedup_key !== "" && { groupKey: event.dedup_key }),
    ...(groupLabels && { groupLabels }),
    labels: groupLabels ?? {},
    // The title goes on with what the first alert is.
    names: [...new Set([name.split(": ", 1)[0] ?? "", name])],
    ...(pageSeverities.includes(severity) && { severity }),
    alerts,
    more: alerts.length === 0 ? 0 : Math.max(0, count - alerts.length),
    links,
  };
}

/** A list of alerts as text; of a single one Alertmanager makes an object of its fields, as it reads it as YAML. */
function alertsOfDetails(details: unknown, status: "firing" | "resolved"): readonly AlertFacts[] {
  const [fields] = objectsIn([details]);
  const lines = Object.entries(fields ?? {})
    .sort(([a], [b]) => Number(b === "Summary") - Number(a === "Summary"))
    .map(([name, value]) => `${name}: ${textIn(value)}`)
    .join("\n");
  const { alerts } = readNotification("", textIn(details) || lines, plainMarkup);
  return alerts.map((alert) => ({ ...alert, status }));
}

function link(words: string, url: string | undefined): Link | undefined {
  return url === undefined || url === "" ? undefined : { words, url };
}
