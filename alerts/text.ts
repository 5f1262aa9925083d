import { calledByAuthors, report } from "../metrics/problems";
import type { Duration } from "../metrics/promql";

calledByAuthors("alerts/text.ts");

/** A number without the digits that binary fractions leave behind. */
export function rounded(value: number): number {
  if (!Number.isFinite(value)) report({ what: "rounded", found: value, allowed: "a number" });
  return Number(Number(value).toPrecision(6));
}

/** A share as people read it: `0.05` is `5%`, as Prometheus's `humanizePercentage` writes it. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) report({ what: "percent", found: share, allowed: "a number, 0.05 for 5%" });
  return `${String(rounded(Number.isFinite(share) ? share * 100 : 0))}%`;
}

const units: Readonly<Record<string, string>> = { s: "second", m: "minute", h: "hour", d: "day" };

/** A length of time as people read it: `5m` is `5 minutes`. */
export function timeInWords(duration: Duration): string {
  const [, count = "", unit = ""] = /^(\d+)([smhd])$/.exec(duration) ?? [];
  return `${count} ${units[unit] ?? unit}${count === "1" ? "" : "s"}`;
}

/**
 * What a template computes of the alert's value. Templates cannot reckon, so Prometheus is asked.
 * @param formula PromQL with `%f` for the value.
 * @param filter how the result is written, such as `humanizeDuration`.
 */
export function computed(formula: string, filter: string): string {
  return `{{ printf "vector(${formula})" $value | query | first | value | ${filter} }}`;
}
