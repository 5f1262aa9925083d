import type { MetricFindValue, TimeRange } from "@grafana/data";
import { ask, PrometheusError, type QueryResult } from "./client";
import { seriesOf } from "./frames";
import { seriesName } from "./legend";
import { readVariableQuery } from "./variable-query";

/** The values that a variable's query finds, its variables already put in. */
export async function metricFind(text: string, range: TimeRange | undefined): Promise<MetricFindValue[]> {
  const query = readVariableQuery(text);
  const times = new URLSearchParams(
    range && { start: String(range.from.valueOf() / 1_000), end: String(range.to.valueOf() / 1_000) },
  );
  const labelValues = async (label: string, selector?: string) => {
    if (selector !== undefined) times.set("match[]", selector);
    return ask<string[]>(`/label/${encodeURIComponent(label)}/values`, times);
  };
  switch (query.kind) {
    case "label_values":
      return (await labelValues(query.label, query.selector)).map((value) => ({ text: value, value }));
    case "metrics": {
      const named = new RegExp(query.pattern);
      return (await labelValues("__name__"))
        .filter((name) => named.test(name))
        .map((value) => ({ text: value, value }));
    }
    case "query_result": {
      const at = range && { time: String(range.to.valueOf() / 1_000) };
      const answer = await ask<QueryResult>("/query", new URLSearchParams({ query: query.expr, ...at }));
      return seriesOf(answer).map(({ metric, values }) => {
        const [time, value] = values[0] ?? [0, ""];
        return { text: `${seriesName(metric)} ${value} ${String(time * 1_000)}` };
      });
    }
    case "unknown":
      throw new PrometheusError(`The preview does not know the variable query ${text}.`);
  }
}
