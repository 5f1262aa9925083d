import { call, cut, formatted, isLink } from "./expressions";
import { limits } from "./limits";
import { links, plainText, time, title, where } from "./message";

const font = "font-family: sans-serif; font-size: 14px; color: #1f2328";
const nameCell = "padding: 2px 12px 2px 0; color: #59636e; vertical-align: top; white-space: nowrap";
const valueCell = "padding: 2px 0; overflow-wrap: anywhere";

/** A row of a table: a field and its value. The template escapes the value for HTML. */
function row(name: string, value: string): string {
  return `<tr><td style="${nameCell}">${name}</td><td style="${valueCell}">{{ ${value} }}</td></tr>`;
}

function optionalRow(name: string, value: string, runes: number): string {
  return `{{ with ${value} }}${row(name, cut(".", runes))}{{ end }}`;
}

function alerts(state: "Firing" | "Resolved", most: number): readonly string[] {
  const list = `$.Alerts.${state}`;
  return [
    `{{ range $index, $alert := ${list} }}`,
    `{{ if ge $index ${String(most)} }}`,
    `<p>... and {{ len (slice ${list} $index) }} more ${state.toLowerCase()}</p>{{ break }}`,
    `{{ end }}{{ with $alert }}`,
    `<table style="border-top: 1px solid #d1d9e0; margin-top: 12px; ${font}">`,
    row("Summary", cut(call("or", ".Annotations.summary", ".Labels.alertname"), limits.summary)),
    optionalRow("Description", ".Annotations.description", limits.description),
    row("Since", time(".StartsAt")),
    `{{ if eq .Status "resolved" }}${row("Resolved", time(".EndsAt"))}{{ end }}`,
    optionalRow("Labels", formatted("%s", call(".Labels.Remove", "$.CommonLabels.Names")), limits.labels),
    `</table>{{ end }}{{ end }}`,
  ];
}

/** A link of its own, as HTML's templates must see where the address stands to escape it. */
function anchor(words: string, address: string): string {
  return `{{ if ${isLink(address, limits.link)} }}<a href="{{ ${address} }}">${words}</a> &nbsp; {{ end }}`;
}

/**
 * The body of a mail in HTML. Alertmanager runs it with Go's html/template, which escapes every value for its place.
 * @param mostAlerts how many alerts in one state are listed
 */
export function mailHtml(mostAlerts: number): string {
  return [
    `<!doctype html><html><head><meta charset="utf-8"></head><body style="${font}">`,
    ...links(plainText),
    `<h2 style="font-size: 18px; color: {{ if eq .Status "firing" }}#b42318{{ else }}#1a7f37{{ end }}">`,
    `${title(plainText)}</h2>`,
    `<table style="${font}">`,
    row("Alert", cut(".GroupLabels.alertname", limits.alertname)),
    row("Severity", cut(call("or", ".CommonLabels.severity", `"mixed"`), limits.alertname)),
    row("Where", cut(where, limits.labels)),
    `</table>`,
    ...alerts("Firing", mostAlerts),
    ...alerts("Resolved", mostAlerts),
    `<p style="margin-top: 16px">{{ with index .Alerts 0 }}`,
    anchor("Runbook", ".Annotations.runbook_url"),
    anchor("Dashboard", ".Annotations.dashboard_url"),
    `{{ end }}<a href="{{ $silence }}">Silence</a></p>`,
    `</body></html>`,
  ].join("\n");
}
