import type { KnownSeries } from "../series";
import { businessSeries } from "./business";
import { containerSeries } from "./containers";
import { hostSeries } from "./hosts";
import { monitoringSeries } from "./monitoring";
import { serviceSeries } from "./services";

/** All that is scraped. */
export function scrapedSeries(): KnownSeries[] {
  return [
    ...serviceSeries(),
    ...businessSeries(),
    ...hostSeries(),
    ...containerSeries(),
    ...monitoringSeries(),
  ];
}

export { objectiveHistory } from "./objectives";
