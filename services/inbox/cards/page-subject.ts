import { z } from "zod";
import { objectsIn, textIn } from "../json";
import type { Content } from "../message";
import { plainMarkup, readNotification } from "./notification-text";
import { labelsOfSilence } from "./silence-link";
import { nameOfTitle, titleAlone, type AlertFacts, type Subject } from "./subject";

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

/** What an event of PagerDuty is about. */
export function subjectOfPage({ title, payload }: Content): Subject {
  const parsed = pagerDutyEvent.safeParse(payload);
  return parsed.success ? subjectOfEvent(title, parsed.data) : titleAlone(title);
}

function subjectOfEvent(title: string, event: z.infer<typeof pagerDutyEvent>): Subject {
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
