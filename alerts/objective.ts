import {
  burnRate,
  errorRatioOver,
  objectiveQueries,
  objectiveSeries,
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
  type Vector,
} from "../metrics/promql";
import { burnAlertsOver, windowsOf, type BurnAlert } from "./burn-alerts";
import { secondsOf } from "./durations";
import { slowestEvaluation } from "./rare-events";
import { computed, percent, rounded, timeInWords } from "./text";
import type { AlertRule, DashboardUid, RecordingRule, Rule, RuleGroup } from "./rule";

/** What every objective says: whose it is, what its events are, and what is promised. */
export interface PromiseProps {
  /** Value of the label `service`. */
  readonly service: string;
  /** Value of the label `objective`, such as `availability`. */
  readonly name: string;
  /** Name of the burn-rate alerts, in CamelCase. */
  readonly alert: string;
  /** What the events are, for people: `requests`. */
  readonly events: string;
  /** What became of those that were not good, for people: `were answered with a server error`. */
  readonly bad: string;
  /** Share of good events that is wanted, above 0 and below 1. */
  readonly target: number;
  /** The rolling window in days. */
  readonly windowDays: number;
}

/** What a service promises: a share of good events among all of a kind, over a rolling window. */
export interface ObjectiveProps<L extends string, M extends string> extends PromiseProps {
  /** Counter of the good events, of all services. */
  readonly good: Selector<L | "service", "counter">;
  /** Counter of all events, of all services. */
  readonly total: Selector<M | "service", "counter">;
}

/** What a service promises of events that no counter counts. */
export interface RatedObjectiveProps extends PromiseProps {
  /** Good events of the service per second, over 5 minutes. */
  readonly good: Vector<"service">;
  /** All events of the service per second, over 5 minutes. */
  readonly total: Vector<"service">;
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
  /** These alerts: the windows in which `queries.burnRate` can be asked for are theirs. */
  readonly burnAlerts: readonly BurnAlert[];
  /** The rules, in groups: what looks back further is evaluated less often. */
  readonly groups: readonly RuleGroup[];
  readonly queries: ObjectiveQueries;
}

/**
 * The recording rules and burn-rate alerts of what a service promises, and the queries that show it. Without events
 * there is no ratio, and no alert. Each longer window is computed from the recorded rates, weighted by traffic.
 * @throws RangeError when the target is not above 0 and below 1, or so low that the fastest burn could never be seen.
 */
export function objective<L extends string, M extends string>(props: ObjectiveProps<L, M>): Objective {
  const { service } = props;
  const perSecond = <K extends string>(events: Selector<K | "service", "counter">) =>
    sum(rate(events.where("service", service), "5m"), { by: ["service"] });
  return ratedObjective({ ...props, good: perSecond(props.good), total: perSecond(props.total) });
}

/** As `objective`, of events whose rates are given. @throws RangeError as that does */
export function ratedObjective(props: RatedObjectiveProps): Objective {
  const { service, name, target, windowDays, alert } = props;
  checkTarget(props);
  const own = { service, objective: name };
  const window: Duration = `${BigInt(windowDays)}d`;
  const burnAlerts = burnAlertsOver(windowDays);
  // Windows that change slowly and read much are evaluated once a minute, as are the alerts on them.
  const fastest = Math.min(...burnAlerts.map(({ long }) => secondsOf(long)));
  const rulesOf = (isSlow: boolean): Rule[] => [
    ...windowsOf(burnAlerts)
      .filter((one) => secondsOf(one) > fastest === isSlow)
      .map((one) => ({ record: errorRatioOver(one).name, expr: errorRatio(own, one), labels: own })),
    ...burnAlerts
      .filter(({ short }) => secondsOf(short) > fastest === isSlow)
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
      interval: slowestEvaluation,
      rules: [{ record: objectiveSeries.overWindow.name, expr: errorRatio(own, window), labels: own }],
    },
  ];
  return { service, name, target, window, alert, burnAlerts, groups, queries: objectiveQueries(own) };
}

function eventRules({ service, name, ...rates }: RatedObjectiveProps): RecordingRule[] {
  // Both labels, though the expression keeps one: promtool takes rules of one name and the same labels for duplicates.
  const labels = { service, objective: name };
  const total = sum(select(objectiveSeries.events, labels), { by: ["service"] });
  // Before the first good event there is no series of them: then all events are errors.
  const good = or(rates.good, mul(total, 0));
  return [
    { record: objectiveSeries.events.name, expr: rates.total, labels },
    { record: objectiveSeries.errors.name, expr: sub(total, good), labels },
  ];
}

function errorRatio(own: Readonly<Record<ObjectiveLabel, string>>, window: Duration) {
  const over = (series: typeof objectiveSeries.events) =>
    // The rates are those of 5 minutes already.
    window === "5m" ? select(series, own) : sumOverTime(select(series, own), window);
  return ratio(over(objectiveSeries.errors), over(objectiveSeries.events));
}

function alertRule(props: PromiseProps, burn: BurnAlert): AlertRule<DashboardUid> {
  const { service, name, target, windowDays, events, bad, alert } = props;
  const own = { service, objective: name };
  const allowed = allowedShare(target);
  const isAbove = (window: Duration) => gt(burnRate(window, allowed, own), burn.factor);
  const share = computed(`%f * ${String(allowed)}`, "humanizePercentage");
  const lasts = computed(`${String(windowDays * 86_400)} / %f`, "humanizeDuration");
  return {
    alert,
    severity: burn.severity,
    expr: and(isAbove(burn.long), isAbove(burn.short)),
    for: burn.for,
    labels: { ...own, long: burn.long, short: burn.short },
    summary: `{{ $labels.service }} uses up its error budget of ${name} {{ $value | humanize }} times too fast`,
    description:
      `Over the last ${timeInWords(burn.long)} ${share} of the ${events} ${bad}; at most ${percent(allowed)} may. ` +
      `At this rate the whole budget of ${String(windowDays)} days is gone in ${lasts}.`,
    dashboard: { uid: "objectives", variables: { service: "service" } },
  };
}

/** Without the digits that binary fractions leave behind, and exact for any target that somebody writes. */
function allowedShare(target: number): number {
  return Number((1 - target).toPrecision(12));
}

function checkTarget({ service, name, target, windowDays }: PromiseProps): void {
  const least = 1 - 1 / Math.max(...burnAlertsOver(windowDays).map(({ factor }) => factor));
  if (target > least && target < 1) return;
  throw new RangeError(
    `${service}, ${name}: a target of ${String(target)} cannot be watched. It must be above ` +
      `${String(rounded(least))} and below 1.`,
  );
}
