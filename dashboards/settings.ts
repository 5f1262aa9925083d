import type { Duration } from "../metrics/promql";
import type { Thresholds } from "../alerts/thresholds";

/** What every dashboard takes from its environment. */
export interface DashboardSettings {
  /** The services to choose from: values of the labels `service` and `job`. */
  readonly services: readonly string[];
  /** `browser`, `utc` or a name such as `Europe/Berlin`. */
  readonly timezone: string;
  /** How often an open dashboard asks again, such as `30s`. */
  readonly refresh: string;
  /** The numbers that alerts compare with: panels draw them. */
  readonly thresholds: Thresholds;
  /** The pairs of windows in which an error budget may burn too fast, the shortest first. */
  readonly burnAlerts: readonly BurnAlert[];
}

/** An alert that fires when the budget burns too fast in a long and a short window. */
export interface BurnAlert {
  readonly long: Duration;
  readonly short: Duration;
  /** How many times as fast as allowed. */
  readonly factor: number;
  readonly severity: "critical" | "warning";
}
