import { createHash } from "node:crypto";
import { alertmanagerMessage, type AlertmanagerMessage } from "../kinds/alertmanager-message";
import type { Content } from "../message";
import { silenceLink } from "./silence-link";
import { titleAlone, type AlertFacts, type Labels, type Link, type Subject } from "./subject";

/** What Alertmanager's JSON is about: it has the group's key and labels, and each alert with its annotations. */
export function subjectOfWebhook({ title, payload }: Content): Subject {
  const parsed = alertmanagerMessage.safeParse(payload);
  return parsed.success ? subjectOfMessage(parsed.data) : titleAlone(title);
}

function subjectOfMessage(message: AlertmanagerMessage): Subject {
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

function link(words: string, url: string | undefined): Link | undefined {
  return url === undefined || url === "" ? undefined : { words, url };
}
