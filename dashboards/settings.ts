import type { Thresholds } from "../alerts/thresholds";
import type { Catalogue } from "../metrics/catalogue";
import type { Duration } from "../metrics/promql";

/** What every dashboard takes from its environment. `T` are its thresholds, a system's own among them. */
export interface DashboardSettings<T extends Thresholds = Thresholds> {
  /** What the services measure: dashboards show what each has of its own. */
  readonly catalogue: Catalogue;
  /** The services to choose from: values of the labels `service` and `job`. */
  readonly services: readonly string[];
  /** Titles of the system's own dashboards by uid: every dashboard links to all others. */
  readonly ownTitles: Readonly<Record<string, string>>;
  /** `browser`, `utc` or a name such as `Europe/Berlin`. */
  readonly timezone: string;
  /** How often an open dashboard asks again, such as `30s`. */
  readonly refresh: string;
  /** The numbers that alerts compare with: panels draw them. */
  readonly thresholds: T;
  /** Names of the burn-rate alerts of the system's own objectives. */
  readonly ownBurns: readonly string[];
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
