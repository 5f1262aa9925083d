// The maths of steps and intervals. Pure: the unit tests of the root read it.

const units: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 7 * 86_400_000,
  y: 365 * 86_400_000,
};

/** Prometheus answers no range query with more points than this for each series. */
const mostPoints = 11_000;

/** Milliseconds of a length of time such as `30s`, `1m30s` or `>10s`; undefined where it is none. */
export function milliseconds(text: string | null | undefined): number | undefined {
  const match = /^\s*>?\s*((?:\d+(?:\.\d+)?(?:ms|[smhdwy]))+)\s*$/.exec(text ?? "");
  if (match?.[1] === undefined) return undefined;
  return [...match[1].matchAll(/(\d+(?:\.\d+)?)(ms|[smhdwy])/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ""] ?? 0),
    0,
  );
}

/** A length of time as PromQL writes it, in whole seconds where it is some. */
export function duration(ms: number): string {
  return ms % 1_000 === 0 ? `${String(ms / 1_000)}s` : `${String(Math.round(ms))}ms`;
}

/** What a step is made of, in milliseconds. */
export interface StepInput {
  /** That which fits the width of the panel. */
  readonly intervalMs: number;
  readonly rangeMs: number;
  /** The least that the query, else the data source, asks for. */
  readonly minimumMs: number;
  /** A query's `intervalFactor`. Default 1. */
  readonly factor?: number;
}

/** The distance of two points of a range query, in milliseconds. */
export function stepOf({ intervalMs, rangeMs, minimumMs, factor = 1 }: StepInput): number {
  const safe = Math.ceil(rangeMs / mostPoints / 1_000) * 1_000;
  return Math.max(intervalMs, minimumMs, 1) * factor < safe
    ? safe
    : Math.max(intervalMs, minimumMs, 1) * factor;
}

/** `$__rate_interval`: so long that a rate over it has the scrapes that it needs. */
export function rateInterval(stepMs: number, scrapeMs: number): number {
  return Math.max(stepMs + scrapeMs, 4 * scrapeMs);
}

/** A range of time with its ends on multiples of the step, so that the same points are asked for at each refresh. */
export function aligned(
  fromMs: number,
  toMs: number,
  stepMs: number,
): { readonly from: number; readonly to: number } {
  return { from: Math.floor(fromMs / stepMs) * stepMs, to: Math.floor(toMs / stepMs) * stepMs };
}
