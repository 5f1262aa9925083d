import type { DashboardSettings } from "./settings";

/** A link at each series of a panel. */
export interface SeriesLink {
  /** What it is called. */
  readonly title: string;
  /** Its address, in which Grafana puts the series' labels and the time that is shown. */
  readonly url: string;
}

/** Traces shown at most. */
const limit = 50;

/**
 * A link to the traces with errors of a series' service, at the time that is shown. Not there where Grafana has no data
 * source of traces.
 * @param service label of the series that names the service
 * @param tags labels that say more of the spans, by the spans' attributes
 */
export function failedTraces(
  { traces: uid }: Pick<DashboardSettings, "traces">,
  service: string,
  tags: Readonly<Record<string, string>> = {},
): readonly SeriesLink[] {
  if (uid === undefined) return [];
  const ofSpans = Object.entries(tags).map(([attribute, label]) => `${attribute}=${valueOf(label)}`);
  const query = {
    refId: "A",
    datasource: { type: "jaeger", uid },
    queryType: "search",
    service: valueOf(service),
    tags: ["error=true", ...ofSpans].join(" "),
    limit,
  };
  const range = { from: "${__from}", to: "${__to}" };
  const panes = encoded(JSON.stringify({ traces: { datasource: uid, queries: [query], range } }));
  return [{ title: "Traces with errors", url: `/explore?schemaVersion=1&panes=${panes}` }];
}

function valueOf(label: string): string {
  return `\${__field.labels.${label}}`;
}

/** Percent-encoded but for Grafana's variables, which it would not see. */
function encoded(text: string): string {
  return text
    .split(/(\$\{[\w.]+\})/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part)))
    .join("");
}
