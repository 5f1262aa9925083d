import type { KnownTraffic } from "../../../dashboards/known-traffic/known-traffic";
import type { KnownSeries } from "../../../dashboards/known-traffic/series";
import { scraped, weekBefore, window, type Span } from "../../../dashboards/known-traffic/timeline";
import type { Environment } from "../../../environments";
import { rulesOf } from "../../../stacks/system";
import { callSeries } from "./calls";
import { containerSeries } from "./containers";
import { hostSeries } from "./hosts";
import { monitoringSeries } from "./monitoring";
import { objectiveHistory } from "./objectives";
import { processSeries, requestSeries } from "./services";
import { Targets } from "./targets";

/** Series with the times at which there are samples of them. */
export interface KnownPart {
  readonly series: readonly KnownSeries[];
  readonly spans: readonly Span[];
  /** Seconds between two samples. Default: those between two scrapes. */
  readonly step?: number;
}

/** How often the long history of the objectives was recorded. */
const historySeconds = 300;

/** All that was scraped of an environment, and what is left of the time before. */
export function knownParts(environment: Environment, known: KnownTraffic): readonly KnownPart[] {
  const all = scrapedSeries(environment, known);
  const isWeekly = ({ everyWeek = false }: KnownSeries) => everyWeek;
  return [
    { series: all.filter((series) => !isWeekly(series)), spans: [scraped] },
    // Of each series the oldest first, as they are taken.
    { series: all.filter(isWeekly), spans: [weekBefore, scraped] },
    { series: objectiveHistory(environment), spans: [window], step: historySeconds },
  ];
}

/** All that is scraped of an environment. */
export function scrapedSeries(environment: Environment, known: KnownTraffic): KnownSeries[] {
  const targets = new Targets(environment);
  const targetOf = (service: string) => targets.first(service);
  return [
    ...known.routes.flatMap((route) => requestSeries(route, targetOf(route.service))),
    ...environment.services.flatMap(({ name }, place) => processSeries(targetOf(name), place)),
    ...known.calls.flatMap((call) => callSeries(call, targets.first("span-metrics"))),
    ...known.ownSeries(targetOf),
    ...hostSeries(targets.all("node-exporter")),
    ...containerSeries(environment, targets.all("cadvisor"), known.retries),
    ...monitoringSeries(environment, targets, Object.keys(rulesOf(environment))),
  ];
}
