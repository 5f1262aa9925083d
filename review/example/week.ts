import type { KnownSeries } from "../../dashboards/known-traffic/series";
import { day, now, scrapeSeconds, type Span } from "../../dashboards/known-traffic/timeline";
import type { Environment } from "../../environments";
import { scrapedSeries } from "../../preview/recording/traffic";
import { knownTraffic } from "../../shop/known-traffic";
import { StoredPast } from "../past/stored-past";
import { KnownStorage } from "./known-storage";

const hour = 3_600;
const minute = 60;

/** The week, and the day before it, which rules look back at. Seconds of Unix time. */
export const week: Span = { from: now - 7 * day, to: now };
const sampled: Span = { from: week.from - day, to: now };

/** A service is not there in a night: from Sunday, 3:10 UTC, for 21 minutes. */
const gone: Span = at(3, 20 * hour + 10 * minute, 21 * minute);
/** A file system fills up in a night, until somebody makes room: from Friday evening to Saturday morning. */
const filling: Span = at(5, 5 * hour, 13 * hour);

/** The days before the last one are counted from its afternoon, 15:00 UTC. */
function at(daysBefore: number, secondsBefore: number, length: number): Span {
  const from = now - daysBefore * day - secondsBefore + 8 * hour;
  return { from, to: from + length };
}

/** Series with faults in them, and when each was scraped. */
export interface FaultySeries {
  readonly series: readonly KnownSeries[];
  readonly isThere: (series: KnownSeries, time: number) => boolean;
}

/** All that is scraped of an environment with the services of the known traffic, with the faults of the week. */
export function faultySeries(environment: Environment): FaultySeries {
  const service = knownTraffic.services.at(1);
  const all = scrapedSeries(environment, knownTraffic).map(filledUp);
  const isOf = ({ labels }: KnownSeries) => labels.service === service;
  const isGone = (series: KnownSeries, time: number) =>
    isOf(series) && series.name !== "up" && time >= gone.from && time < gone.to;
  return {
    series: all.map((series) => (series.name === "up" && isOf(series) ? downWhile(series) : series)),
    isThere: (series, time) => !isGone(series, time),
  };
}

/**
 * A week of the known traffic, as the Prometheus of an environment would have scraped it, with three faults: the incident of
 * the known traffic on its last day, a service that is gone in a night, and a file system that fills up in another one.
 * @param environment one with the services of the known traffic
 */
export function recordedWeek(environment: Environment): StoredPast {
  const { series, isThere } = faultySeries(environment);
  return new StoredPast({
    name: "the recorded week",
    storage: new KnownStorage(series, isThere, sampled, scrapeSeconds),
    from: sampled.from * 1_000,
    to: now * 1_000,
  });
}

function downWhile(series: KnownSeries): KnownSeries {
  return { ...series, at: (time) => (time >= gone.from && time < gone.to ? 0 : series.at(time)) };
}

/** The last of the file systems has less and less room. */
function filledUp(series: KnownSeries): KnownSeries {
  if (series.name !== "node_filesystem_avail_bytes" || series.labels.mountpoint === "/") return series;
  return {
    ...series,
    at: (time) => {
      const share = (time - filling.from) / (filling.to - filling.from);
      const left = share < 0 || share > 1 ? 1 : Math.max(0.04, 1 - 1.15 * share);
      return Math.round(series.at(time) * left);
    },
  };
}
