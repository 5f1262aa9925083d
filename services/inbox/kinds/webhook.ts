import { subjectOfWebhook } from "../cards/webhook-subject";
import { webhookForm } from "../forms/webhook";
import type { Status } from "../message";
import { alertmanagerMessage, type AlertmanagerMessage } from "./alertmanager-message";
import { paragraphs, parseJson, type Kind, type Outcome, type Posted } from "./kind";

/** A program of one's own. */
export const webhook: Kind = {
  label: "webhook",
  receive,
  subjectOf: subjectOfWebhook,
  form: webhookForm,
};

/** Takes any JSON, as an endpoint of one's own would; reads Alertmanager's. */
function receive({ body }: Posted): Outcome {
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
}

const unknownMessage = { status: "unknown" satisfies Status, title: "", text: "" } as const;

function readAlertmanager(message: AlertmanagerMessage) {
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
