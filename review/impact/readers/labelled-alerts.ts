import type { AlertMatcher } from "./alertmanager-file";
import { matched, mayHave, valuesOf, withLabel, type PossibleSeries } from "../series/possible";
import type { World } from "../series/world";

/** An alert with the labels that it may have when it is sent. */
export interface LabelledAlert {
  readonly name: string;
  /** None where it can never fire. */
  readonly series: readonly PossibleSeries[];
}

/**
 * The alerts of a version, those of one name put together.
 * @param external labels of all that leaves Prometheus: they are added where an alert has none of that name
 */
export function labelledAlerts(
  world: World,
  external: Readonly<Record<string, string>>,
): readonly LabelledAlert[] {
  const alerts = new Map<string, PossibleSeries[]>();
  for (const rule of world.rules.filter(({ kind }) => kind === "alert")) {
    const series = world.alertLabels(rule).map((each) => sent(each, rule.name, external));
    alerts.set(rule.name, [...(alerts.get(rule.name) ?? []), ...series]);
  }
  return [...alerts].map(([name, series]) => ({ name, series }));
}

function sent(
  series: PossibleSeries,
  name: string,
  external: Readonly<Record<string, string>>,
): PossibleSeries {
  let all = withLabel(series, "alertname", new Set([name]));
  if (external.environment === undefined) all = withLabel(all, "environment", "any");
  for (const [label, value] of Object.entries(external)) {
    const values = valuesOf(all, label);
    if (values === "any" || !values.has("")) continue;
    all = withLabel(all, label, new Set([...values].map((each) => (each === "" ? value : each))));
  }
  return all;
}

/** The series of an alert that matchers choose. */
export function chosenOf(
  { series }: LabelledAlert,
  matchers: readonly AlertMatcher[],
): readonly PossibleSeries[] {
  return series.flatMap((each) => {
    let left: PossibleSeries | undefined = each;
    for (const matcher of matchers) left = left && matched(left, matcher);
    return left ?? [];
  });
}

/** The alerts that matchers choose, each with the series that they do. */
export function chosenAlerts(
  alerts: readonly LabelledAlert[],
  matchers: readonly AlertMatcher[],
): readonly LabelledAlert[] {
  return alerts
    .map((alert) => ({ name: alert.name, series: chosenOf(alert, matchers) }))
    .filter(({ series }) => series.length > 0);
}

/** Whether an alert may have a label. */
export function hasLabel({ series }: LabelledAlert, label: string): boolean {
  return series.some((each) => mayHave(each, label));
}

/** Names of alerts that had a label, and have it no more though they still can fire. */
export function lostBy(
  label: string,
  before: readonly LabelledAlert[],
  after: readonly LabelledAlert[],
): readonly string[] {
  const now = new Map(after.map((alert) => [alert.name, alert]));
  return before
    .filter((alert) => {
      const other = now.get(alert.name);
      return (
        hasLabel(alert, label) && other !== undefined && other.series.length > 0 && !hasLabel(other, label)
      );
    })
    .map(({ name }) => name);
}
