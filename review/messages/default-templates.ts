/**
 * What Alertmanager's receivers say where their configuration says nothing of its own, by the names of its templates:
 * the same texts, except for the page of a mail, which is drawn more plainly here.
 */

const subject = [
  `[{{ toUpper .Status }}{{ if eq .Status "firing" }}:{{ len .Alerts.Firing }}{{ end }}]`,
  ` {{ join " " .GroupLabels.Values }} `,
  `{{ if gt (len .CommonLabels) (len .GroupLabels) }}`,
  `({{ join " " (.CommonLabels.Remove .GroupLabels.Names).Values }}){{ end }}`,
].join("");

const alertsUrl = `{{ .ExternalURL }}/#/alerts?receiver={{ urlquery .Receiver }}`;

/** Each alert with its labels and annotations. */
function alertList(heading: (name: string) => string, indent: string, end: string): string {
  const pairs = (name: string) =>
    `${heading(name)}{{ range .${name}.SortedPairs }}${indent}- {{ .Name }} = {{ .Value }}\n{{ end }}`;
  return `{{ range . }}${pairs("Labels")}${pairs("Annotations")}${end}Source: {{ .GeneratorURL }}\n{{ end }}`;
}

const textList = alertList((name) => `${name}:\n`, " ", "");
const markdownList = `${alertList((name) => `\n${name}:\n`, "  ", "\n")}\n`;

/** Both lists of alerts with what stands above them, as far as there are any. */
function lists(list: string, mark: string, [before, after]: readonly [string, string]): string[] {
  return ["Firing", "Resolved"].map(
    (state) =>
      `{{ if gt (len .Alerts.${state}) 0 ${before}}}\n${mark}Alerts ${state}:\n` +
      `{{ template "${list}" .Alerts.${state} }}\n{{${after} end }}`,
  );
}

const annotations = `{{ join " " .CommonAnnotations.SortedPairs.Values }}`;
const open = lists("__text_alert_list", "", ["", ""]);
const close = lists("__text_alert_list", "", ["-", "-"]);
const marked = lists("__text_alert_list_markdown", "# ", ["", ""]);

/** Lines, one under another. */
function lines(...parts: readonly string[]): string {
  return parts.join("\n");
}

const mailPage = [
  `<!doctype html><html><head><meta charset="utf-8"><title>{{ template "__subject" . }}</title></head><body>`,
  `<h1>{{ template "__subject" . }}</h1>`,
  `{{ range .Alerts }}<h2>{{ .Status }}</h2><h3>Labels</h3><ul>`,
  `{{ range .Labels.SortedPairs }}<li>{{ .Name }} = {{ .Value }}</li>{{ end }}</ul>`,
  `{{ if gt (len .Annotations) 0 }}<h3>Annotations</h3><ul>`,
  `{{ range .Annotations.SortedPairs }}<li>{{ .Name }} = {{ .Value }}</li>{{ end }}</ul>{{ end }}`,
  `<p><a href="{{ .GeneratorURL }}">Source</a></p>{{ end }}`,
  `<p><a href="{{ template "__alertmanagerURL" . }}">Alertmanager</a></p></body></html>`,
].join("\n");

const subjects =
  "slack.default.title pagerduty.default.description opsgenie.default.message victorops.default.entity_display_name " +
  "pushover.default.title sns.default.subject discord.default.title msteams.default.summary msteams.default.title " +
  "msteamsv2.default.title jira.default.summary rocketchat.default.title email.default.subject";
const names =
  "slack.default.username pagerduty.default.client victorops.default.monitoring_tool rocketchat.default.alias";
const addresses =
  "slack.default.titlelink pagerduty.default.clientURL opsgenie.default.source pushover.default.url " +
  "rocketchat.default.titlelink";
const nothing =
  "slack.default.callbackid slack.default.pretext slack.default.iconemoji slack.default.iconurl slack.default.text " +
  "slack.default.footer discord.default.content rocketchat.default.emoji rocketchat.default.iconurl " +
  "rocketchat.default.text";

/** Many names for one text. */
function each(templates: string, text: string): Record<string, string> {
  return Object.fromEntries(templates.split(" ").map((name) => [name, text]));
}

const withAnnotations = lines(annotations, ...open, "");

/** The templates by their names. */
export const defaultTemplates: Readonly<Record<string, string>> = {
  __alertmanager: "Alertmanager",
  __alertmanagerURL: alertsUrl,
  __subject: subject,
  __description: "",
  __text_alert_list: textList,
  __text_alert_list_markdown: markdownList,
  ...each(subjects, `{{ template "__subject" . }}`),
  ...each(names, `{{ template "__alertmanager" . }}`),
  ...each(addresses, `{{ template "__alertmanagerURL" . }}`),
  ...each(nothing, ""),
  "slack.default.fallback": `{{ template "__subject" . }} | {{ template "__alertmanagerURL" . }}`,
  "pagerduty.default.instances": `{{ template "__text_alert_list" . }}`,
  "opsgenie.default.description": `${lines(annotations, ...close)}`,
  "victorops.default.state_message": `${lines(annotations, ...close)}`,
  "wechat.default.message": lines(
    `{{ template "__subject" . }}`,
    annotations,
    ...close,
    "AlertmanagerUrl:",
    `{{ template "__alertmanagerURL" . }}`,
  ),
  ...each("pushover.default.message sns.default.message webex.default.message", withAnnotations),
  ...each("telegram.default.message discord.default.message", lines("", ...open, "")),
  ...each(
    "msteams.default.text msteamsv2.default.text jira.default.description mattermost.default.text",
    lines("", ...marked, ""),
  ),
  "email.default.html": mailPage,
};
