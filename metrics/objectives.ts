import {
  ratio,
  recordedSeries,
  select,
  sub,
  type Duration,
  type Match,
  type RecordedSeries,
  type Vector,
} from "./promql";

/** Labels of all series of objectives. */
export type ObjectiveLabel = "service" | "objective";

/** Windows of the burn rates, each with a recorded series of its own. */
export const burnWindows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d"] as const satisfies readonly Duration[];

/** One of the windows of the burn rates. */
export type BurnWindow = (typeof burnWindows)[number];

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

/** Share of errors over a window of the burn rates. No series where there were no events. */
export function errorRatioOver(window: BurnWindow): RecordedSeries<ObjectiveLabel> {
  return recordedSeries(`service:objective_errors:ratio_rate${window}`, labels);
}

/** The two objectives that each service has, by the value of the label `objective`, with the name of their alerts. */
export const objectiveAlerts = {
  availability: "AvailabilityBudgetBurn",
  latency: "LatencyBudgetBurn",
} as const;

/** Value of the label `objective`. */
export type ObjectiveName = keyof typeof objectiveAlerts;

/** What a dashboard asks of objectives. All have the labels `service` and `objective`. */
export interface ObjectiveQueries {
  /** Share of good events over the whole window, from 0 to 1. */
  readonly good: Vector<ObjectiveLabel>;
  /** Share of good events that is wanted, from 0 to 1. */
  readonly target: Vector<ObjectiveLabel>;
  /** Share of the error budget that is left over the whole window: 1 untouched, 0 used up, below 0 overdrawn. */
  readonly budgetLeft: Vector<ObjectiveLabel>;
  /**
   * How many times as fast as allowed the budget is used, by window: 1 uses it up exactly at the window's end.
   * See the Site Reliability Workbook, chapter 5, "Alerting on SLOs".
   */
  readonly burnRate: Readonly<Record<BurnWindow, Vector<ObjectiveLabel>>>;
}

/** The queries of objectives whose labels are as asked; default: of all. */
export function objectiveQueries(
  matchers: Readonly<Partial<Record<ObjectiveLabel, Match<string>>>> = {},
): ObjectiveQueries {
  const target = select(objectiveSeries.target, matchers);
  const allowed = sub(1, target);
  const overWindow = select(objectiveSeries.overWindow, matchers);
  const burnRate = (window: BurnWindow) => ratio(select(errorRatioOver(window), matchers), allowed);
  return {
    good: sub(1, overWindow),
    target,
    budgetLeft: sub(1, ratio(overWindow, allowed)),
    burnRate: {
      "5m": burnRate("5m"),
      "30m": burnRate("30m"),
      "1h": burnRate("1h"),
      "2h": burnRate("2h"),
      "6h": burnRate("6h"),
      "1d": burnRate("1d"),
      "3d": burnRate("3d"),
    },
  };
}
