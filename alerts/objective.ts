import {
  burnWindows,
  errorRatioOver,
  objectiveQueries,
  objectiveSeries,
  type BurnWindow,
  type ObjectiveLabel,
  type ObjectiveQueries,
} from "../metrics/objectives";
import {
  and,
  gt,
  mul,
  or,
  rate,
  ratio,
  select,
  sub,
  sum,
  sumOverTime,
  vector,
  type Duration,
  type Selector,
} from "../metrics/promql";
import { percent, rounded } from "./text";
import type { AlertRule, RecordingRule, Rule, RuleGroup } from "./rule";

/** What a service promises: a share of good events among all of a kind, over a rolling window. */
export interface ObjectiveProps<L extends string, M extends string> {
  /** Value of the label `service`. */
  readonly service: string;
  /** Value of the label `objective`, such as `availability`. */
  readonly name: string;
  /** Name of the burn-rate alerts, in CamelCase. */
  readonly alert: string;
  /** What the events are, for people: `requests answered without a server error`. */
  readonly events: string;
  /** Counter of the good events, of all services. */
  readonly good: Selector<L | "service", "counter">;
  /** Counter of all events, of all services. */
  readonly total: Selector<M | "service", "counter">;
  /** Share of good events that is wanted, above 0 and below 1. */
  readonly target: number;
  /** The rolling window in days. */
  readonly windowDays: number;
}

/** An objective: the rules that watch it, and the queries that show it. */
export interface Objective {
  readonly service: string;
  /** Value of the label `objective`. */
  readonly name: string;
  /** Share of good events that is wanted. */
  readonly target: number;
  /** The rolling window. */
  readonly window: Duration;
  /** Name of its four burn-rate alerts. */
  readonly alert: string;
  /** The rules, in groups: what looks back further is evaluated less often. */
  readonly groups: readonly RuleGroup[];
  readonly queries: ObjectiveQueries;
}

/** A pair of windows and the share of the whole window's error budget that may be used up in the long one. */
interface BurnAlert {
  readonly long: BurnWindow;
  readonly longHours: number;
  readonly short: BurnWindow;
  readonly budgetShare: number;
  readonly for: Duration;
  readonly severity: "critical" | "warning";
}

/** As in the Site Reliability Workbook, chapter 5, table 5-8: of 30 days the factors are 14.4, 6, 3 and 1. */
const burnAlerts: readonly BurnAlert[] = [
  { long: "1h", longHours: 1, short: "5m", budgetShare: 0.02, for: "2m", severity: "critical" },
  { long: "6h", longHours: 6, short: "30m", budgetShare: 0.05, for: "15m", severity: "critical" },
  { long: "1d", longHours: 24, short: "2h", budgetShare: 0.1, for: "1h", severity: "warning" },
  { long: "3d", longHours: 72, short: "6h", budgetShare: 0.1, for: "3h", severity: "warning" },
];

/** Windows that change slowly and read much: evaluated once a minute, as are the alerts on days. */
const slowWindows: readonly BurnWindow[] = ["2h", "6h", "1d", "3d"];

/**
 * The recording rules and burn-rate alerts of what a service promises, and the queries that show it. Without events
 * there is no ratio, and no alert. Each longer window is computed from the recorded rates, weighted by traffic.
 * @throws RangeError when the target is not above 0 and below 1, or so low that the fastest burn could never be seen.
 */
export function objective<L extends string, M extends string>(props: ObjectiveProps<L, M>): Objective {
  const { service, name, target, windowDays, alert } = props;
  checkTarget(props);
  const own = { service, objective: name };
  const window: Duration = `${BigInt(windowDays)}d`;
  const rulesOf = (isSlow: boolean): Rule[] => [
    ...burnWindows
      .filter((one) => slowWindows.includes(one) === isSlow)
      .map((one) => ({ record: errorRatioOver(one).name, expr: errorRatio(own, one), labels: own })),
    ...burnAlerts
      .filter((burn) => slowWindows.includes(burn.short) === isSlow)
      .map((burn) => alertRule(props, burn)),
  ];
  const groups: RuleGroup[] = [
    {
      name: `objective-${name}-${service}`,
      interval: "30s",
      rules: [...eventRules(props), ...rulesOf(false)],
    },
    {
      name: `objective-${name}-${service}-hours`,
      interval: "1m",
      rules: [{ record: objectiveSeries.target.name, expr: vector(target), labels: own }, ...rulesOf(true)],
    },
    {
      name: `objective-${name}-${service}-window`,
      interval: "2m",
      rules: [{ record: objectiveSeries.overWindow.name, expr: errorRatio(own, window), labels: own }],
    },
  ];
  return { service, name, target, window, alert, groups, queries: objectiveQueries(own) };
}

function eventRules<L extends string, M extends string>(props: ObjectiveProps<L, M>): RecordingRule[] {
  const { service, name } = props;
  const perSecond = <K extends string>(events: Selector<K | "service", "counter">) =>
    sum(rate(events.where("service", service), "5m"), { by: ["service"] });
  // Both labels, though the expression keeps one: promtool takes rules of one name and the same labels for duplicates.
  const labels = { service, objective: name };
  const total = sum(select(objectiveSeries.events, labels), { by: ["service"] });
  // Before the first good event there is no series of them: then all events are errors.
  const good = or(perSecond(props.good), mul(total, 0));
  return [
    { record: objectiveSeries.events.name, expr: perSecond(props.total), labels },
    { record: objectiveSeries.errors.name, expr: sub(total, good), labels },
  ];
}

function errorRatio(own: Readonly<Record<ObjectiveLabel, string>>, window: Duration) {
  const over = (series: typeof objectiveSeries.events) =>
    // The rates are those of 5 minutes already.
    window === "5m" ? select(series, own) : sumOverTime(select(series, own), window);
  return ratio(over(objectiveSeries.errors), over(objectiveSeries.events));
}

function alertRule<L extends string, M extends string>(
  props: ObjectiveProps<L, M>,
  burn: BurnAlert,
): AlertRule {
  const { service, name, target, windowDays, events, alert } = props;
  const own = { service, objective: name };
  const factor = burnFactor(burn, windowDays);
  const most = rounded(factor * (1 - target));
  const isAbove = (window: BurnWindow) => gt(select(errorRatioOver(window), own), most);
  const hoursLeft = rounded((windowDays * 24) / factor);
  return {
    alert,
    severity: burn.severity,
    expr: and(isAbove(burn.long), isAbove(burn.short)),
    for: burn.for,
    labels: { ...own, long: burn.long, short: burn.short },
    summary: `{{ $labels.service }} uses up its error budget of ${name} ${String(rounded(factor))} times too fast`,
    description:
      `Over the last ${burn.long} {{ $value | humanizePercentage }} of the requests were not ${events}; ` +
      `${percent(1 - target)} are allowed. At this rate the budget of ${String(windowDays)} days lasts less than ` +
      `${String(hoursLeft)} hours.`,
    dashboard: { uid: "objectives", variables: { service: "service" } },
  };
}

/** A pair of windows, and how many times too fast a budget must burn in both for an alert. */
export interface BurnFactor extends Pick<BurnAlert, "long" | "short" | "severity"> {
  readonly factor: number;
}

/** The factors of the burn-rate alerts for objectives over so many days: what dashboards draw. */
export function burnFactors(windowDays: number): BurnFactor[] {
  return burnAlerts.map((burn) => {
    const { long, short, severity } = burn;
    return { long, short, severity, factor: rounded(burnFactor(burn, windowDays)) };
  });
}

function burnFactor({ budgetShare, longHours }: BurnAlert, windowDays: number): number {
  return (budgetShare * windowDays * 24) / longHours;
}

function checkTarget({ service, name, target, windowDays }: Promised): void {
  const factor = Math.max(...burnAlerts.map((burn) => burnFactor(burn, windowDays)));
  const least = 1 - 1 / factor;
  if (target > Math.max(0, least) && target < 1) return;
  throw new RangeError(
    `${service}, ${name}: a target of ${String(target)} cannot be watched. Over ${String(windowDays)} days it must be ` +
      `above ${String(rounded(least))} and below 1.`,
  );
}

type Promised = Pick<ObjectiveProps<never, never>, "service" | "name" | "target" | "windowDays">;
