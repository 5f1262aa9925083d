import { call, cut, escapedForMarkdown, formatted, isLink, quoted, replaced, safeLink } from "./expressions";
import { limits } from "./limits";

/** How one kind of message writes text, names of fields and links. Formats are Go's, `%s` for each value. */
export interface Markup {
  /** A text as it must be written so that nothing in it is read as markup. */
  readonly escape: (text: string) => string;
  /** A field: its name and `%s` for its value. */
  readonly field: (name: string) => string;
  /** A link: `%s` for the address. */
  readonly link: (words: string) => string;
  /** Between two lines. */
  readonly lineEnd: string;
  /** Between two links. */
  readonly between: string;
}

/** Text without markup. */
export const plainText: Markup = {
  escape: (text) => text,
  field: (name) => `${name}: %s`,
  link: (words) => `${words}: %s`,
  lineEnd: "\n",
  between: "\n",
};

/** Markdown in which a line end is one. */
export const markdown: Markup = {
  escape: escapedForMarkdown,
  field: (name) => `**${name}:** %s`,
  link: (words) => `[${words}](%s)`,
  lineEnd: "\n",
  between: " · ",
};

/** The labels that say what an alert is, apart from where it is. */
const identity = call("stringSlice", quoted("alertname"), quoted("severity"));

/** The labels that all alerts of the message have, without its name and severity: `service=my-service, ...`. */
export const where = formatted("%s", call(".CommonLabels.Remove", identity));

/** A point in time for people. */
export function time(value: string): string {
  return call(`${value}.UTC.Format`, quoted("2006-01-02 15:04:05 MST"));
}

/**
 * Puts a title together: status, how many, which alert, where.
 * @param runes of the part after the status, before its characters are escaped. Default 100
 */
export function title(markup: Markup, runes = limits.title - 20): string {
  const count = `{{ if eq .Status "firing" }}{{ len .Alerts.Firing }}{{ else }}{{ len .Alerts.Resolved }}{{ end }}`;
  const status = `{{ .Status | toUpper }}: ${count}`;
  const place = [".GroupLabels.service", ".GroupLabels.environment"].map(
    (label) => `{{ with ${label} }}{{ $line = ${formatted("%s · %s", "$line", ".")} }}{{ end }}`,
  );
  return [
    `{{ $line := .GroupLabels.alertname }}`,
    ...place,
    `[${status}] {{ ${markup.escape(cut("$line", runes))} }}`,
  ].join("");
}

/**
 * The statements that set `$links` to the links of a message, once for all its alerts: runbook and dashboard as the
 * first alert names them, and a new silence that has the labels of the group filled in. What is no link is left out.
 * @param silence the statements that set `$silence`. Default: those of Alertmanager's page
 */
export function links(markup: Markup, silence = silenceLink()): readonly string[] {
  const add = (words: string, link: string) => [
    `{{- if ${isLink(link, limits.link)} }}`,
    `{{- if $links }}{{ $links = ${formatted(`%s${markup.between}`, "$links")} }}{{ end }}`,
    `{{- $links = ${formatted(`%s${markup.link(words)}`, "$links", safeLink(link))} }}`,
    `{{- end }}`,
  ];
  return [
    `{{- $links := "" }}`,
    `{{- with index .Alerts 0 }}`,
    ...add("Runbook", ".Annotations.runbook_url"),
    ...add("Dashboard", ".Annotations.dashboard_url"),
    `{{- end }}`,
    ...silence,
    ...add("Silence", "$silence"),
  ];
}

/**
 * The statements that set `$silence` to the page of a new silence of the group. Alertmanager's page takes no quote and
 * no backslash in a value: such a group gets the page of all alerts instead.
 */
export function silenceLink(): readonly string[] {
  // Its parser of addresses reads a plus as it stands.
  const encoded = replaced(String.raw`\+`, "%20", call("urlquery", formatted("{%s}", "$matchers")));
  return [
    `{{- $matchers := "" }}`,
    `{{- range .GroupLabels.SortedPairs }}`,
    `{{- if $matchers }}{{ $matchers = ${formatted("%s,", "$matchers")} }}{{ end }}`,
    `{{- $matchers = ${formatted('%s%s="%s"', "$matchers", ".Name", ".Value")} }}`,
    `{{- end }}`,
    `{{- $silence := ${formatted("%s/#/silences/new?filter=%s", ".ExternalURL", encoded)} }}`,
    `{{- range .GroupLabels.Values }}`,
    `{{- if match ${quoted(String.raw`["\\\p{Cc}]`)} . }}{{ $silence = "" }}{{ end }}`,
    `{{- end }}`,
    `{{- if or (not $silence) (gt (len $silence) ${String(limits.link)}) }}`,
    `{{- $silence = ${formatted("%s/#/alerts", ".ExternalURL")} }}`,
    `{{- end }}`,
  ];
}
