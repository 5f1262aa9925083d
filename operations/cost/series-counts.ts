import { RequestError } from "../clients/json-client";
import type { PrometheusClient, Series } from "../clients/prometheus-client";

/** Names in one question: an address that proxies pass on, too. */
const namesAtOnce = 100;

/** How far the counting is. */
export type OnCounted = (done: { readonly jobs: number; readonly of: number }) => void;

/**
 * How many series each job has of each name, now. It asks job by job, and where that is more than the Prometheus lets one
 * query read, for some names at a time.
 * @throws RequestError when it does not answer, or when one name of one job is too much for a query
 */
export async function seriesCounts(
  prometheus: PrometheusClient,
  onCounted: OnCounted = () => undefined,
): Promise<readonly Series[]> {
  const jobs = await prometheus.get<string[]>("/api/v1/label/job/values");
  // A selector needs a matcher that matches no empty text.
  const matchers = [...jobs.map((job) => `job=${JSON.stringify(job)}`), 'job="",__name__!=""'];
  const counted: Series[] = [];
  for (const [index, matcher] of matchers.entries()) {
    counted.push(...(await ofMatcher(prometheus, matcher)));
    onCounted({ jobs: index + 1, of: matchers.length });
  }
  return counted;
}

async function ofMatcher(prometheus: PrometheusClient, matcher: string): Promise<readonly Series[]> {
  try {
    return await count(prometheus, matcher);
  } catch (error) {
    if (!isTooMuch(error)) throw error;
  }
  const names = await prometheus.get<string[]>(
    `/api/v1/label/__name__/values?match[]=${encodeURIComponent(`{${matcher}}`)}`,
  );
  const counted: Series[] = [];
  for (let at = 0; at < names.length; at += namesAtOnce) {
    counted.push(...(await ofNames(prometheus, matcher, names.slice(at, at + namesAtOnce))));
  }
  return counted;
}

/** Half of the names at a time, as long as that is too much. */
async function ofNames(
  prometheus: PrometheusClient,
  matcher: string,
  names: readonly string[],
): Promise<readonly Series[]> {
  const regex = names.map((name) => name.replace(/[^\w:]/g, "\\$&")).join("|");
  try {
    return await count(prometheus, `${matcher},__name__=~${JSON.stringify(regex)}`);
  } catch (error) {
    if (names.length === 1 || !isTooMuch(error)) throw error;
  }
  const half = Math.ceil(names.length / 2);
  return [
    ...(await ofNames(prometheus, matcher, names.slice(0, half))),
    ...(await ofNames(prometheus, matcher, names.slice(half))),
  ];
}

function count(prometheus: PrometheusClient, matchers: string): Promise<readonly Series[]> {
  return prometheus.query(`count by (job, __name__) ({${matchers}})`);
}

/** 422: more samples than a query may load; 503: it took too long; no status: nothing came in time. */
function isTooMuch(error: unknown): boolean {
  if (!(error instanceof RequestError)) return false;
  const { status, message } = error;
  return status === undefined ? message.includes("in time") : [422, 503, 504].includes(status);
}
