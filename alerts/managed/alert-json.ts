import { call, formatted, quoted } from "../notifications/expressions";
import { jsonText } from "../notifications/json";

/** A pair of a map, in JSON. */
const pair = formatted('"%s":"%s"', jsonText(".Name"), jsonText(".Value"));

/** The statements that set `$map` to a map of labels or annotations, in JSON. */
function mapOf(map: string): readonly string[] {
  return [
    `{{- $map = "" }}`,
    `{{- range ${map}.SortedPairs }}`,
    `{{- if $map }}{{ $map = ${formatted("%s,", "$map")} }}{{ end }}`,
    `{{- $map = ${formatted("%s%s", "$map", pair)} }}`,
    `{{- end }}`,
  ];
}

/** A point in time as Alertmanager's webhook writes it. */
const time = (value: string) => call(`${value}.UTC.Format`, quoted("2006-01-02T15:04:05.000Z07:00"));

const alert = formatted(
  '{"status":"%s","labels":{%s},"annotations":{%s},"startsAt":"%s","endsAt":"%s","generatorURL":"%s","fingerprint":"%s"}',
  jsonText(".Status"),
  "$labels",
  "$map",
  time(".StartsAt"),
  time(".EndsAt"),
  jsonText(".GeneratorURL"),
  jsonText(".Fingerprint"),
);

/**
 * The JSON of Alertmanager's webhook, version 4, but for its `groupKey`, which templates are not given. Alerts that have no
 * room in it are counted in `truncatedAlerts`.
 * @param mostBytes of the alerts; SNS takes messages of 256 KB
 * @param mostAlerts as many at the most
 */
export function alertJson(mostBytes: number, mostAlerts: number): string {
  const fits = call(
    "and",
    call("lt", "$index", String(mostAlerts)),
    call("le", call("len", formatted("%s,%s", "$alerts", "$entry")), String(mostBytes)),
  );
  return [
    `{{- $map := "" }}{{ $labels := "" }}{{ $entry := "" }}{{ $alerts := "" }}{{ $left := 0 }}`,
    `{{- range $index, $alert := .Alerts }}`,
    `{{- with $alert }}`,
    ...mapOf(".Labels"),
    `{{- $labels = $map }}`,
    ...mapOf(".Annotations"),
    `{{- $entry = ${alert} }}`,
    `{{- end }}`,
    `{{- if ${fits} }}`,
    `{{- if $alerts }}{{ $alerts = ${formatted("%s,", "$alerts")} }}{{ end }}`,
    `{{- $alerts = ${formatted("%s%s", "$alerts", "$entry")} }}`,
    `{{- else }}{{ $left = len (slice $.Alerts $index) }}{{ break }}{{ end }}`,
    `{{- end }}`,
    `{"version":"4","receiver":"{{ ${jsonText(".Receiver")} }}","status":"{{ ${jsonText(".Status")} }}","alerts":[{{ $alerts }}]`,
    ...mapOf(".GroupLabels"),
    `,"groupLabels":{ {{- $map -}} }`,
    ...mapOf(".CommonLabels"),
    `,"commonLabels":{ {{- $map -}} }`,
    ...mapOf(".CommonAnnotations"),
    `,"commonAnnotations":{ {{- $map -}} },"externalURL":"{{ ${jsonText(".ExternalURL")} }}","truncatedAlerts":{{ $left }}}`,
  ].join("\n");
}
