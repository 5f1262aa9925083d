import type { BurnWindow } from "../metrics/objectives";

/** What every dashboard takes from its environment. */
export interface DashboardSettings {
  /** The services to choose from: values of the labels `service` and `job`. */
  readonly services: readonly string[];
  /** `browser`, `utc` or a name such as `Europe/Berlin`. */
  readonly timezone: string;
  /** How often an open dashboard asks again, such as `30s`. */
  readonly refresh: string;
  /** The numbers that alerts compare with: panels draw them. */
  readonly thresholds: DashboardThresholds;
  /** The pairs of windows in which an error budget may burn too fast. */
  readonly burnAlerts: readonly BurnAlert[];
}

/** Those of the alerts' thresholds that panels draw; their meaning is that of the environment's file. */
export interface DashboardThresholds {
  readonly errorRatioWarning: number;
  readonly errorRatioCritical: number;
  /** Seconds. */
  readonly latencyP95Warning: number;
  /** Seconds. */
  readonly latencyP95Critical: number;
  readonly orderFailureRatio: number;
  readonly filesystemUsedWarning: number;
  readonly filesystemUsedCritical: number;
  /** Hours. */
  readonly filesystemFullWithin: number;
  readonly hostCpu: number;
  readonly hostLoadPerCore: number;
  readonly hostMemory: number;
  /** Faults per second. */
  readonly hostMajorPageFaults: number;
  readonly hostNetworkErrors: number;
  /** Seconds. */
  readonly hostClockOffset: number;
  readonly hostFileDescriptors: number;
  readonly hostSwap: number;
  readonly containerMemory: number;
  readonly containerCpu: number;
  readonly containerThrottled: number;
  /** Restarts in 15 minutes. */
  readonly containerRestarts: number;
  readonly notificationFailures: number;
  readonly grafanaErrorRatio: number;
}

/** An alert that fires when the budget burns too fast in a long and a short window. */
export interface BurnAlert {
  readonly long: BurnWindow;
  readonly short: BurnWindow;
  /** How many times as fast as allowed. */
  readonly factor: number;
  readonly severity: "critical" | "warning";
}
