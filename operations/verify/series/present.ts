import type { PrometheusClient } from "../../clients/prometheus-client";
import { eachLimited } from "./limited";

/** Characters of a query: what stands in a URL must pass proxies, too. */
const mostCharacters = 3_000;
/** How many queries are asked at a time. */
const atATime = 6;

/**
 * Of which services there are series now, by selector; "" is of no service. A selector without series is not in it. Many
 * are asked for in one query.
 */
export async function servicesHaving(
  prometheus: PrometheusClient,
  selectors: readonly string[],
): Promise<ReadonlyMap<string, ReadonlySet<string>>> {
  const having = new Map<string, Set<string>>();
  await eachLimited(batches([...new Set(selectors)]), atATime, async (batch) => {
    const query = batch
      .map(
        (text, index) =>
          `label_replace(count by (service) (${text}), "selector", "${String(index)}", "", "")`,
      )
      .join(" or ");
    for (const { metric } of await prometheus.query(query)) {
      const selector = batch[Number(metric.selector)] ?? "";
      having.set(selector, (having.get(selector) ?? new Set()).add(metric.service ?? ""));
    }
  });
  return having;
}

function batches(texts: readonly string[]): readonly (readonly string[])[] {
  const all: string[][] = [];
  let length = Infinity;
  for (const text of texts) {
    if (length + text.length > mostCharacters) {
      all.push([]);
      length = 0;
    }
    all.at(-1)?.push(text);
    // With what stands around each.
    length += text.length + 70;
  }
  return all;
}
