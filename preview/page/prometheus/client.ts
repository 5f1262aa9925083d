import type { Labels } from "./legend";

/** A value as Prometheus gives it: seconds, and a number as text. */
export type Sample = readonly [time: number, value: string];

/** A series of a range query. */
export interface RangeSeries {
  readonly metric: Labels;
  readonly values: readonly Sample[];
}

/** A series of an instant query. */
export interface InstantSeries {
  readonly metric: Labels;
  readonly value: Sample;
}

/** Exemplars of one series. */
export interface ExemplarSeries {
  readonly seriesLabels: Labels;
  readonly exemplars: readonly {
    readonly labels: Labels;
    readonly value: string;
    readonly timestamp: number;
  }[];
}

/** What Prometheus answers to a query. */
export type QueryResult =
  | { readonly resultType: "matrix"; readonly result: readonly RangeSeries[] }
  | { readonly resultType: "vector"; readonly result: readonly InstantSeries[] }
  | { readonly resultType: "scalar" | "string"; readonly result: Sample };

/** Thrown where a question was not answered; says why. */
export class PrometheusError extends Error {}

const base = "/api/preview/prometheus/api/v1";

/** Asks Prometheus one thing. @throws PrometheusError with what it says where it does not answer */
export async function ask<T>(path: string, parameters: URLSearchParams, signal?: AbortSignal): Promise<T> {
  let response: Response;
  try {
    // A form, as expressions may be longer than an address may.
    response = path.startsWith("/label/")
      ? await fetch(`${base}${path}?${parameters.toString()}`, { signal })
      : await fetch(base + path, { method: "POST", body: parameters, signal });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new PrometheusError("The preview does not answer: has it ended?");
  }
  const text = await response.text();
  let answer: { status?: string; error?: string; data?: T };
  try {
    answer = JSON.parse(text) as typeof answer;
  } catch {
    throw new PrometheusError(
      `The answer is not JSON (status ${String(response.status)}): ${text.slice(0, 200)}`,
    );
  }
  if (answer.status !== "success" || answer.data === undefined)
    throw new PrometheusError(answer.error ?? `The answer has status ${String(response.status)}.`);
  return answer.data;
}
