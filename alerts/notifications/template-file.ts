import { alertList, listVariables } from "./alert-list";
import { call, cut, formatted, isLink, quoted } from "./expressions";
import { limits } from "./limits";
import { mailHtml } from "./mail-html";
import {
  links,
  type Markup,
  markdown,
  plainText,
  silenceLink,
  slackMarkup,
  teamsMarkdown,
  title,
  where,
} from "./message";

/** Absolute path of the templates in Alertmanager's container. */
export const templatePath = "/etc/alertmanager/notifications.tmpl";

/** The whole message: the alert, its severity, where it is, its alerts, links. */
function text(markup: Markup, limit: number): string {
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

/** A list of the alerts in one state, as a page's details have it. */
function pageList(state: "firing" | "resolved"): string {
  return [...listVariables, ...alertList(state, plainText, limits.page), `{{- $text -}}`].join("\n");
}

const summary = [
  title(plainText),
  `{{ with index .Alerts 0 }}{{ with .Annotations.summary }}: {{ ${cut(".", limits.pageSummary)} }}{{ end }}{{ end }}`,
].join("");

const severity =
  `{{ $severity := .CommonLabels.severity }}` +
  `{{ if match "^(critical|warning|info)$" $severity }}{{ $severity }}{{ else }}error{{ end }}`;

/** What the alert is of; PagerDuty takes no page without it. */
const source = call(
  "or",
  ".CommonLabels.instance",
  ".CommonLabels.service",
  ".CommonLabels.environment",
  quoted("Prometheus"),
);

/** A link that the first alert names in an annotation; nothing where it names none that can be one. */
function annotationLink(annotation: "runbook_url" | "dashboard_url"): string {
  const value = `.Annotations.${annotation}`;
  return `{{ with index .Alerts 0 }}{{ if ${isLink(value, limits.link)} }}{{ ${value} }}{{ end }}{{ end }}`;
}

/** All templates by name. */
const templates = {
  "notification.title": title(plainText),
  "notification.runbook": annotationLink("runbook_url"),
  "notification.dashboard": annotationLink("dashboard_url"),
  "notification.silence": [...silenceLink(), "{{- $silence -}}"].join("\n"),
  "notification.slack.title": title(slackMarkup),
  "notification.slack.text": text(slackMarkup, limits.chat),
  "notification.discord.title": title(markdown),
  "notification.discord.text": text(markdown, limits.chat),
  "notification.msteams.title": title(teamsMarkdown),
  "notification.msteams.text": text(teamsMarkdown, limits.chat),
  "notification.mail.text": text(plainText, limits.mail),
  "notification.mail.html": mailHtml(),
  "notification.page.summary": summary,
  "notification.page.severity": severity,
  "notification.page.source": `{{ ${cut(source, limits.alertname)} }}`,
  "notification.page.component": `{{ ${cut(".CommonLabels.service", limits.alertname)} }}`,
  "notification.page.class": `{{ ${cut(".GroupLabels.alertname", limits.alertname)} }}`,
  "notification.page.firing": pageList("firing"),
  "notification.page.resolved": pageList("resolved"),
} as const;

/** Name of a template. */
export type TemplateName = keyof typeof templates;

/** The use of a template in Alertmanager's configuration. */
export function template(name: TemplateName): string {
  return `{{ template "${name}" . }}`;
}

/** The file of templates: one set for all kinds of receivers. */
export function renderTemplateFile(): string {
  const definitions = Object.entries(templates).map(
    ([name, body]) => `{{ define "${name}" -}}\n${body}\n{{- end }}\n`,
  );
  return [
    "{{/* What notifications say. Written by the synth: change alerts/notifications/. */}}",
    ...definitions,
  ].join("\n");
}
