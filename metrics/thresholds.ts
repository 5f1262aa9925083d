/**
 * What alerts compare with and dashboards draw, as an environment gives it; defaults and ranges are in its schema.
 */
export interface Thresholds {
  /** Share of requests answered with 500 or above. */
  readonly errorRatioWarning: number;
  readonly errorRatioCritical: number;
  /** 95th percentile of the response time, in seconds. */
  readonly latencyP95Warning: number;
  readonly latencyP95Critical: number;
  /** Requests per second below which a service's errors and response times are not judged. */
  readonly minimumRequestRate: number;
  /** Product views, over the alert's own range, below which orders and conversion are not judged. */
  readonly minimumProductViews: number;
  /** Share of orders that failed for a fault of ours. */
  readonly orderFailureRatio: number;
  /** Share of the conversion lost against a day before. */
  readonly conversionDrop: number;
  /** Items left of a product below which it runs low. */
  readonly stockLow: number;
  /** Share of a file system's space that is used. */
  readonly filesystemUsedWarning: number;
  readonly filesystemUsedCritical: number;
  /** Hours until a file system is full at its present growth. */
  readonly filesystemFullWithin: number;
  /** Share of a file system's inodes that is used. */
  readonly inodesUsed: number;
  /** Share of the time in which a host's CPUs were busy. */
  readonly hostCpu: number;
  /** Load average over five minutes for each core. */
  readonly hostLoadPerCore: number;
  /** Share of a host's memory that is used. */
  readonly hostMemory: number;
  /** Major page faults of a host per second. */
  readonly hostMajorPageFaults: number;
  /** Share of an interface's packets that had errors. */
  readonly hostNetworkErrors: number;
  /** Offset of a host's clock in seconds. */
  readonly hostClockOffset: number;
  /** Share of a host's file descriptors that is used. */
  readonly hostFileDescriptors: number;
  /** Share of a host's swap space that is used. */
  readonly hostSwap: number;
  /** Share of a container's memory limit that is used. */
  readonly containerMemory: number;
  /** Share of a container's CPU limit that is used. */
  readonly containerCpu: number;
  /** Share of the periods in which a container was held back by its CPU limit. */
  readonly containerThrottled: number;
  /** Restarts of a container in 15 minutes. */
  readonly containerRestarts: number;
  /** Share of notifications that failed. */
  readonly notificationFailures: number;
  /** Share of requests that Grafana answered with 500 or above. */
  readonly grafanaErrorRatio: number;
}
