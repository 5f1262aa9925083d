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
  /** Whether there are containers on more than one machine: lines then say on which. Default false. */
  readonly severalEngines?: boolean;
  /** Names of the burn-rate alerts of the system's own objectives. */
  readonly ownBurns: readonly string[];
  /** Where Grafana finds the machines in CloudWatch. Default: it has no CloudWatch, and nothing of it is shown. */
  readonly cloudwatch?: CloudWatchPlace;
  /** Uid of Grafana's data source of traces. Default: there is none, and no panel leads to traces with errors. */
  readonly traces?: string;
  /** The pairs of windows in which an error budget may burn too fast, the shortest first. */
  readonly burnAlerts: readonly BurnAlert[];
}

/** What Grafana asks CloudWatch for. */
export interface CloudWatchPlace {
  readonly region: string;
  /** First part of the names of the alarms whose states are marked. */
  readonly alarmNamePrefix: string;
  /** The machines by a dimension of `AWS/EC2`. Default: all instances of the account in the region. */
  readonly machines?: {
    readonly dimension: "InstanceId" | "AutoScalingGroupName";
    readonly values: readonly string[];
  };
  /** Name of the log group whose newest lines are shown. Default: none. */
  readonly logGroupName?: string;
}

/** An alert that fires when the budget burns too fast in a long and a short window. */
export interface BurnAlert {
  readonly long: Duration;
  readonly short: Duration;
  /** How many times as fast as allowed. */
  readonly factor: number;
  readonly severity: "critical" | "warning";
}
