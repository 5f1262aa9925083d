import { alertList, listVariables } from "./alert-list";
import { call, cut, formatted, quoted } from "./expressions";
import { limits } from "./limits";
import { links, type Markup, where } from "./message";

/** How a message differs from that of Alertmanager's own receivers. */
export interface MessageForm {
  /** The statements that set `$silence`, the link to a new silence. Default: those of Alertmanager's page. */
  readonly silence?: readonly string[];
  /** What of the finished text is written, an expression. Default: the text as it is. */
  readonly written?: (text: string) => string;
}

/**
 * The whole message: the alert, its severity, where it is, its alerts, links.
 * @param limit in bytes
 */
export function messageText(markup: Markup, limit: number, { silence, written }: MessageForm = {}): string {
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
    ...links(markup, silence),
    `{{- if $links }}{{ $rest = ${formatted(`${lineEnd}%s`, "$links")} }}{{ end }}`,
    ...alertList("firing", markup, limit),
    ...alertList("resolved", markup, limit),
    written ? `{{- ${written(formatted("%s%s", "$text", "$rest"))} -}}` : `{{- $text }}{{ $rest -}}`,
  ].join("\n");
}
