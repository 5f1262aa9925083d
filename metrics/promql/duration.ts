type Unit = "ms" | "s" | "m" | "h" | "d" | "w" | "y";

/** A length of time as PromQL writes it, in one unit and whole: `5m`, `30d`. */
export type Duration = `${bigint}${Unit}`;

/** What Grafana puts a length of time for: the range for rates, the step, the time shown. */
export type GrafanaDuration = "$__rate_interval" | "$__interval" | "$__range";

/** The length of a range: fixed in rules, Grafana's in dashboards. */
export type Range = Duration | GrafanaDuration;

const pattern = /^([1-9][0-9]*(ms|[smhdwy])|\$__(rate_interval|interval|range))$/;

/**
 * @throws RangeError when the text is no positive length of time.
 */
export function checkedRange<R extends Range>(range: R): R {
  if (!pattern.test(range)) {
    throw new RangeError(
      `"${range}" is no length of time: write a positive whole number and a unit, as in "5m".`,
    );
  }
  return range;
}
