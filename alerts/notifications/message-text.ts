import { alertList, listVariables } from "./alert-list";
import { call, cut, formatted, quoted } from "./expressions";
import { limits } from "./limits";
import { links, type Markup, where } from "./message";

/**
 * The whole message: the alert, its severity, where it is, its alerts, links.
 * @param limit in bytes
 */
export function messageText(markup: Markup, limit: number): string {
  const { escape, field, lineEnd } = markup;
  const head = formatted(
    [field("Alert"), field("Severity"), field("Where"), ""].join(lineEnd),
    escape(cut(".GroupLabels.alertname", limits.alertname)),
    escape(cut(call("or", ".CommonLabels.severity", quoted("mixed")), limits.alertname)),
    escape(cut(where, limits.labels)),
  );
  return [
    ...listVariables,
    `{{- $text = ${head} }}`,
    ...links(markup),
    `{{- if $links }}{{ $rest = ${formatted(`${lineEnd}%s`, "$links")} }}{{ end }}`,
    ...alertList("firing", markup, limit),
    ...alertList("resolved", markup, limit),
    `{{- $text }}{{ $rest -}}`,
  ].join("\n");
}
