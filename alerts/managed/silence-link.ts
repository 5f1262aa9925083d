import { call, formatted, quoted, replaced } from "../notifications/expressions";
import { limits } from "../notifications/limits";

/** Name of Alertmanager's data source in Grafana, by which its pages know it. */
export const alertmanagerDataSource = "Alertmanager";

/**
 * The statements that set `$silence` to Grafana's page of a new silence, with the labels of the group filled in. A
 * workspace has no page of its own, so that `.ExternalURL` leads nowhere. Where the address gets too long, it is that of
 * all silences.
 */
export function grafanaSilenceLink(grafanaUrl: string): readonly string[] {
  const page = (path: string) =>
    quoted(`${grafanaUrl}/alerting/${path}?alertmanager=${alertmanagerDataSource}`);
  const matcher = replaced(String.raw`\+`, "%20", call("urlquery", formatted("%s=%s", ".Name", ".Value")));
  return [
    `{{- $silence := ${page("silence/new")} }}`,
    `{{- range .GroupLabels.SortedPairs }}`,
    `{{- $silence = ${formatted("%s&matcher=%s", "$silence", matcher)} }}`,
    `{{- end }}`,
    `{{- if gt (len $silence) ${String(limits.link)} }}{{ $silence = ${page("silences")} }}{{ end }}`,
  ];
}
