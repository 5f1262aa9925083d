import { z } from "zod";
import { decimal, wholeNumber } from "../schema/primitives";

/** One number that an alert compares with. */
export interface ThresholdDefinition {
  /** What it is compared with, as a phrase. */
  readonly meaning: string;
  /** Unit of the number: `ratio` is a share of a whole, from 0 to 1; `seconds`, `per core`, or what is counted. */
  readonly unit: string;
  readonly default: number;
  /** Least number allowed. */
  readonly min: number;
  /** Greatest number allowed. */
  readonly max: number;
  /** Whether it is a whole number. */
  readonly isCount: boolean;
}

/** A number that an alert compares with. */
export function threshold(
  meaning: string,
  unit: string,
  byDefault: number,
  [min, max]: readonly [number, number],
): ThresholdDefinition {
  return { meaning, unit, default: byDefault, min, max, isCount: false };
}

/** A whole number of things that an alert compares with. */
export function count(...of: Parameters<typeof threshold>): ThresholdDefinition {
  return { ...threshold(...of), isCount: true };
}

/** A share above 0 and below 1: a threshold at either end would always or never fire. */
export const share = [0.0001, 0.9999] as const;

/** The thresholds that every system has: meaning, unit, default and range. The only place where these numbers are. */
export const thresholdDefinitions = {
  errorRatioWarning: threshold("requests answered with 500 or above", "ratio", 0.01, share),
  errorRatioCritical: threshold("requests answered with 500 or above", "ratio", 0.05, share),
  latencyP95Warning: threshold("95th percentile of the response time", "seconds", 1, [0.005, 10]),
  latencyP95Critical: threshold("95th percentile of the response time", "seconds", 2.5, [0.005, 10]),
  minimumRequestRate: threshold(
    "requests below which a service's errors and response times are not judged",
    "per second",
    0.02,
    [0.001, 1000],
  ),
  filesystemUsedWarning: threshold("used space of a file system", "ratio", 0.85, share),
  filesystemUsedCritical: threshold("used space of a file system", "ratio", 0.95, share),
  filesystemFullWithin: threshold(
    "time until a file system is full, at its present growth",
    "hours",
    24,
    [1, 168],
  ),
  inodesUsed: threshold("used inodes of a file system", "ratio", 0.9, share),
  hostCpu: threshold("busy time of a host's CPUs", "ratio", 0.9, share),
  hostLoadPerCore: threshold("load average over five minutes", "per core", 2, [0.1, 100]),
  hostMemory: threshold("used memory of a host", "ratio", 0.9, share),
  hostMajorPageFaults: threshold("major page faults of a host", "per second", 500, [1, 1_000_000]),
  hostNetworkErrors: threshold("packets with errors on a network interface", "ratio", 0.01, share),
  hostClockOffset: threshold("offset of a host's clock", "seconds", 0.05, [0.001, 60]),
  hostFileDescriptors: threshold("used file descriptors of a host", "ratio", 0.8, share),
  hostSwap: threshold("used swap space of a host", "ratio", 0.8, share),
  containerMemory: threshold("memory of a container's limit", "ratio", 0.9, share),
  containerCpu: threshold("CPU time of a container's limit", "ratio", 0.9, share),
  containerThrottled: threshold("periods in which a container was held back", "ratio", 0.25, share),
  // The start times of 15 minutes, of which a slow scrape sees nine, cannot change more often.
  containerRestarts: count("restarts of a container in 15 minutes", "restarts", 2, [1, 7]),
  notificationFailures: threshold("notifications that failed", "ratio", 0.01, share),
  grafanaErrorRatio: threshold("requests that Grafana answered with 500 or above", "ratio", 0.05, share),
} as const satisfies Readonly<Record<string, ThresholdDefinition>>;

/** Name of a threshold that every system has. */
export type ThresholdName = keyof typeof thresholdDefinitions;

/** Thresholds of a system's own, by name. */
export type OwnThresholds<N extends string = string> = Readonly<Record<N, ThresholdDefinition>>;

/** What alerts compare with and dashboards draw, as an environment gives it. `N` are names of a system's own. */
export type Thresholds<N extends string = never> = Readonly<Record<ThresholdName | N, number>>;

/** A warning's threshold must lie below that of the critical alert of the same name. */
const pairs = [
  ["errorRatioWarning", "errorRatioCritical"],
  ["latencyP95Warning", "latencyP95Critical"],
  ["filesystemUsedWarning", "filesystemUsedCritical"],
] as const satisfies readonly (readonly [ThresholdName, ThresholdName])[];

function fieldOf({ isCount, min, max, default: byDefault }: ThresholdDefinition) {
  return (isCount ? wholeNumber(min, max) : decimal(min, max)).default(byDefault);
}

type ThresholdField = ReturnType<typeof fieldOf>;

/** The thresholds of alerts, those of a system's own among them, each with its default. */
export function thresholdsSchemaOf<N extends string>(own: OwnThresholds<N>) {
  const definitions = Object.entries<ThresholdDefinition>({ ...thresholdDefinitions, ...own });
  const shape = Object.fromEntries(definitions.map(([name, definition]) => [name, fieldOf(definition)]));
  return z
    .strictObject(shape as Record<ThresholdName | N, ThresholdField>)
    .superRefine((given, context) => {
      const thresholds = given as Readonly<Record<ThresholdName, number>>;
      for (const [warning, critical] of pairs) {
        if (thresholds[warning] < thresholds[critical]) continue;
        const message = `a number above ${warning}, which is ${String(thresholds[warning])}`;
        context.addIssue({ code: "custom", path: [critical], message });
      }
    })
    .prefault({} as never);
}
