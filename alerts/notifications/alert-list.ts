import { call, cut, formatted, quoted } from "./expressions";
import { limits } from "./limits";
import { type Markup, time } from "./message";

/** What an alert is about: its summary, or its name where it has none. */
const subject = call("or", ".Annotations.summary", ".Labels.alertname");

/** Bytes kept free for how many more there are, of both states. */
const moreBytes = 80;

/** The labels in which an alert differs from the others of its message: `instance=10.0.0.3:9100, ...`. */
const ownLabels = formatted("%s", call(".Labels.Remove", call("$.CommonLabels.Names")));

/**
 * The statements that add alerts to `$text`: each with all its fields while there is room, then with its summary
 * alone, then how many there are more. What `$text` and `$rest` are together stays within the limit.
 * @param state which of the alerts
 * @param limit in bytes
 */
export function alertList(state: "firing" | "resolved", markup: Markup, limit: number): readonly string[] {
  const { escape, field, lineEnd } = markup;
  const alerts = state === "firing" ? "$.Alerts.Firing" : "$.Alerts.Resolved";
  const line = (name: string, value: string) =>
    `{{- $entry = ${formatted(`%s${lineEnd}${field(name)}`, "$entry", value)} }}`;
  const brief = formatted(`${lineEnd}${field("Summary")}`, escape(cut(subject, limits.summary)));
  const more = call("len", call("slice", alerts, "$index"));
  const fits = (entry: string) =>
    call("le", call("len", formatted("%s%s%s", "$text", entry, "$rest")), String(limit - moreBytes));
  return [
    `{{- range $index, $alert := ${alerts} }}`,
    `{{- with $alert }}`,
    `{{- $brief = ${brief} }}`,
    `{{- $entry = $brief }}`,
    `{{- with .Annotations.description }}`,
    line("Description", escape(cut(".", limits.description))),
    `{{- end }}`,
    line("Since", time(".StartsAt")),
    `{{- if eq .Status "resolved" }}`,
    line("Resolved", time(".EndsAt")),
    `{{- end }}`,
    `{{- with ${ownLabels} }}`,
    line("Labels", escape(cut(".", limits.labels))),
    `{{- end }}`,
    `{{- end }}`,
    `{{- $entry = ${formatted(`%s${lineEnd}`, "$entry")} }}`,
    `{{- if ${fits("$entry")} }}{{ $text = ${formatted("%s%s", "$text", "$entry")} }}`,
    `{{- else if ${fits("$brief")} }}{{ $text = ${formatted("%s%s", "$text", "$brief")} }}`,
    `{{- else }}{{ $text = ${formatted(`%s${lineEnd}... and %d more ${state}`, "$text", more)} }}{{ break }}`,
    `{{- end }}`,
    `{{- end }}`,
  ];
}

/** Statements that declare what the list of alerts works with. */
export const listVariables: readonly string[] = [
  `{{- $text := ${quoted("")} }}{{ $rest := ${quoted("")} }}`,
  `{{- $brief := ${quoted("")} }}{{ $entry := ${quoted("")} }}`,
];
