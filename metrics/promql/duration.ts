import { report } from "../problems";

type Unit = "ms" | "s" | "m" | "h" | "d" | "w" | "y";

/** A length of time as PromQL writes it, in one unit and whole: `5m`, `30d`. */
export type Duration = `${bigint}${Unit}`;

/** What Grafana puts a length of time for: the range for rates, the step, the time shown. */
export type GrafanaDuration = "$__rate_interval" | "$__interval" | "$__range";

/** The length of a range: fixed in rules, Grafana's in dashboards. */
export type Range = Duration | GrafanaDuration;

/** A positive length of time. */
export const durationPattern = /^[1-9][0-9]*(ms|[smhdwy])$/;

const variables = ["$__rate_interval", "$__interval", "$__range"] as const satisfies GrafanaDuration[];

/** In words, what a length of time is. */
export const durationInWords = `a positive whole number and a unit, as in "5m"`;

/** The range as it is; reports what is no positive length of time. */
export function checkedRange<R extends Range>(what: string, range: R): R {
  if ((variables as readonly string[]).includes(range) || isDuration(range)) return range;
  const allowed = `${durationInWords}, or ${variables.join(", ")}`;
  report({ what: `${what}: range`, found: range, allowed, candidates: variables });
  return range;
}

/** The same of a fixed length of time. */
export function checkedDuration<D extends Duration>(what: string, duration: D): D {
  if (!isDuration(duration)) report({ what, found: duration, allowed: durationInWords });
  return duration;
}

function isDuration(text: unknown): boolean {
  return typeof text === "string" && durationPattern.test(text);
}
