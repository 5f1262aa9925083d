import {
  div,
  gt,
  ratio,
  recordedSeries,
  round,
  select,
  sub,
  type Duration,
  type Match,
  type RecordedSeries,
  type Vector,
} from "./promql";

/** Labels of all series of objectives. */
export type ObjectiveLabel = "service" | "objective";

const labels = ["service", "objective"] as const;

/** What recording rules write for each objective of each service. A ratio is of errors to events. */
export const objectiveSeries = {
  /** Events per second. */
  events: recordedSeries("service:objective_events:rate5m", labels),
  /** Events per second that were not good. */
  errors: recordedSeries("service:objective_errors:rate5m", labels),
  /** Share of good events that is wanted, from 0 to 1. */
  target: recordedSeries("service:objective_target:ratio", labels),
  /** Share of errors over the objective's whole window. */
  overWindow: recordedSeries("service:objective_errors:ratio_window", labels),
} as const;

const ratioOverWindow = "service:objective_errors:ratio_rate";

/**
 * Share of errors over a window of the burn rates. No series where there were no events. Which windows there are, an
 * objective's own window says.
 */
export function errorRatioOver(window: Duration): RecordedSeries<ObjectiveLabel> {
  return recordedSeries(`${ratioOverWindow}${window}`, labels);
}

/** The window of a series that `errorRatioOver` names; undefined for any other. */
export function windowOf(series: string): Duration | undefined {
  return series.startsWith(ratioOverWindow) ? (series.slice(ratioOverWindow.length) as Duration) : undefined;
}

/**
 * How many times as fast as allowed an error budget is used over a window, to three decimals: 1 uses it up exactly at the
 * window's end. Without the rounding, what computing with binary fractions adds would put errors that are just allowed
 * above 1.
 * @param allowed share of errors that is allowed.
 */
export function burnRate(
  window: Duration,
  allowed: number | Vector<ObjectiveLabel>,
  matchers: ObjectiveMatchers = {},
): Vector<ObjectiveLabel> {
  return round(div(select(errorRatioOver(window), matchers), allowed), 0.001);
}

/** What the labels of an objective's series must be; default: anything. */
export type ObjectiveMatchers = Readonly<Partial<Record<ObjectiveLabel, Match<string>>>>;

/**
 * The objectives of services, by the value of the label `objective`, with the name of their alerts. All have the first two;
 * those that are asked from outside have the third.
 */
export const objectiveAlerts = {
  availability: "AvailabilityBudgetBurn",
  latency: "LatencyBudgetBurn",
  reachability: "ReachabilityBudgetBurn",
} as const;

/** Value of the label `objective`. */
export type ObjectiveName = keyof typeof objectiveAlerts;

/** The burn-rate alerts of all objectives, those that a single service has besides, too. */
export const budgetBurnAlerts = [
  objectiveAlerts.availability,
  objectiveAlerts.latency,
  objectiveAlerts.reachability,
] as const;

/** What a dashboard asks of objectives. All have the labels `service` and `objective`. */
export interface ObjectiveQueries {
  /** Share of good events over the whole window, from 0 to 1. */
  readonly good: Vector<ObjectiveLabel>;
  /** Share of good events that is wanted, from 0 to 1. */
  readonly target: Vector<ObjectiveLabel>;
  /** Share of the error budget that is left over the whole window: 1 untouched, 0 used up, below 0 overdrawn. */
  readonly budgetLeft: Vector<ObjectiveLabel>;
  /**
   * How many times as fast as allowed the budget is used over one of the windows of the burn rates.
   * See the Site Reliability Workbook, chapter 5, "Alerting on SLOs".
   */
  readonly burnRate: (window: Duration) => Vector<ObjectiveLabel>;
}

/** The queries of objectives whose labels are as asked; default: of all. */
export function objectiveQueries(matchers: ObjectiveMatchers = {}): ObjectiveQueries {
  const target = select(objectiveSeries.target, matchers);
  const allowed = sub(1, target);
  const overWindow = select(objectiveSeries.overWindow, matchers);
  return {
    good: sub(1, overWindow),
    target,
    budgetLeft: sub(1, ratio(overWindow, allowed)),
    burnRate: (window) => burnRate(window, gt(allowed, 0), matchers),
  };
}
