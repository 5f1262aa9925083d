import { alertmanagerMessage, type AlertmanagerMessage } from "../kinds/alertmanager-message";
import { anchor, element, facts, jsonForm, plain, type FormContext, type Piece } from "./piece";

/** What a program gets: Alertmanager's JSON as a list of its alerts, any other as it is. */
export function webhookForm(payload: unknown, context: FormContext): Piece[] {
  const parsed = alertmanagerMessage.safeParse(payload);
  if (!parsed.success) return jsonForm(payload);
  const { status, groupLabels, alerts, truncatedAlerts = 0 } = parsed.data;
  return [
    element(
      "div",
      "webhook",
      ...facts([
        ["Status", status],
        ["Group", labels(groupLabels)],
      ]),
      ...alerts.map((alert) => element("div", "alert", ...alertFacts(alert, context))),
      ...(truncatedAlerts > 0 ? [plain("p", `... and ${String(truncatedAlerts)} more`)] : []),
    ),
  ];
}

function alertFacts(alert: AlertmanagerMessage["alerts"][number], context: FormContext): Piece[] {
  return facts([
    ["Alert", alert.status],
    ["Labels", labels(alert.labels)],
    ...Object.entries(alert.annotations).map(
      ([name, value]) =>
        [name, /^https?:\/\//.test(value) ? [anchor(value, [value], context)] : value] as const,
    ),
    ["Since", alert.startsAt ?? ""],
    ["Resolved", alert.status === "resolved" ? (alert.endsAt ?? "") : ""],
    ["Source", alert.generatorURL ? [anchor(alert.generatorURL, [alert.generatorURL], context)] : ""],
  ]);
}

function labels(values: Readonly<Record<string, string>>): Piece[] {
  return Object.entries(values).map(([name, value]) => element("code", "label", `${name}=${value}`));
}
