import { bytesOf } from "../../constructs/docker/prometheus-settings";
import type { Environment } from "../../environments";
import { secondsOf } from "../../metrics/duration";
import type { Watched } from "../watched";
import { samplesReadByDashboard, samplesReadByRules } from "./queries";
import { mapRange, type Range } from "./range";
import { seriesIn, type StoredSeries } from "./series";

/** What an environment gives an engine to do. */
export interface Load {
  /** Series that are active at once. */
  readonly series: Range;
  /** Samples that are taken in a second. */
  readonly taken: Range;
  /** Samples that rules read in a second. */
  readonly readByRules: Range;
  /** Samples that a dashboard reads in a second in which it is open. */
  readonly readByDashboard: Range;
}

/** What so many series give an engine to do. */
export function loadOf(watched: Watched, stored: readonly StoredSeries[]): Load {
  const seconds = secondsOf(watched.environment.prometheus.scrapeInterval);
  const series = seriesIn(stored);
  return {
    series,
    taken: mapRange(series, (value) => value / seconds),
    readByRules: samplesReadByRules(watched, stored),
    readByDashboard: samplesReadByDashboard(watched, stored),
  };
}

/** Bytes of the disk that samples may take. */
export function diskOf({ prometheus }: Environment): number {
  return bytesOf(prometheus.retentionSize);
}
