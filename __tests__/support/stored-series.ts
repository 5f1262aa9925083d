import type { Labels, Series } from "../../metrics/promql-engine";

/** Reads all samples of a Prometheus in (from, to], seconds, name by name. Markers of staleness are not told by it. */
export async function storedSeries(url: string, from: number, to: number): Promise<readonly Series[]> {
  const names = await get<readonly string[]>(`${url}/api/v1/label/__name__/values`);
  const all: Series[] = [];
  for (const name of names) {
    const selector = `{__name__=${JSON.stringify(name)}}[${String(to - from)}s]`;
    const parameters = new URLSearchParams({ query: selector, time: String(to) });
    const { result } = await get<{
      readonly result: readonly { readonly metric: Labels; readonly values: readonly [number, string][] }[];
    }>(`${url}/api/v1/query?${parameters.toString()}`);
    if (result.length === 0) throw new Error(`${selector} has no samples.`);
    for (const { metric, values } of result) {
      all.push({
        labels: metric,
        times: Float64Array.from(values, ([time]) => Math.round(time * 1000)),
        values: Float64Array.from(values, ([, value]) => Number(value.replace("Inf", "Infinity"))),
      });
    }
  }
  return all;
}

async function get<T>(url: string): Promise<T> {
  const answer = (await (await fetch(url)).json()) as { readonly data?: T; readonly error?: string };
  if (answer.data === undefined) throw new Error(answer.error ?? url);
  return answer.data;
}
