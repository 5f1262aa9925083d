import { z } from "zod";
import type { Status } from "../message";
import { paragraphs, parseJson, type Kind } from "./kind";

const labels = z.record(z.string(), z.string());
const optionalText = z.string().optional().catch(undefined);

/** What Alertmanager's `webhook_configs` sends, version 4. https://prometheus.io/docs/alerting/latest/configuration/#webhook_config */
export const alertmanagerMessage = z.object({
  version: z.literal("4"),
  status: z.enum(["firing", "resolved"]),
  groupKey: optionalText,
  externalURL: optionalText,
  truncatedAlerts: z.number().int().nonnegative().optional().catch(undefined),
  groupLabels: labels,
  commonLabels: labels,
  commonAnnotations: labels,
  alerts: z.array(
    z.object({
      status: z.enum(["firing", "resolved"]),
      labels,
      annotations: labels.default({}),
      startsAt: optionalText,
      endsAt: optionalText,
      generatorURL: optionalText,
    }),
  ),
});

/** Takes any JSON, as an endpoint of one's own would; reads Alertmanager's. */
export const webhook: Kind = ({ body }) => {
  const payload = parseJson(body);
  if (payload === undefined) {
    return {
      answer: {
        status: 400,
        body: { message: "The body is not JSON in UTF-8, or is nested more than 64 levels deep." },
      },
    };
  }
  const message = alertmanagerMessage.safeParse(payload);
  const read = message.success ? readAlertmanager(message.data) : unknownMessage;
  return { answer: { status: 200, body: { status: "ok" } }, content: { ...read, payload } };
};

const unknownMessage = { status: "unknown" satisfies Status, title: "", text: "" } as const;

function readAlertmanager(message: z.infer<typeof alertmanagerMessage>) {
  const { status, alerts, commonLabels, groupLabels, commonAnnotations } = message;
  const name = commonLabels.alertname ?? groupLabels.alertname ?? "";
  const lines = alerts.map((alert) =>
    paragraphs(
      `${alert.status}: ${pairs(alert.labels)}`,
      alert.annotations.summary,
      alert.annotations.description,
    ).replaceAll("\n\n", "\n"),
  );
  return {
    status,
    title: commonAnnotations.summary ?? (name === "" ? pairs(groupLabels) : name),
    text: lines.join("\n"),
  };
}

function pairs(values: Readonly<Record<string, string>>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}
