import { prices, tiered } from "../../operations/cost/prices";
import type { Range } from "../../signals/volume/range";
import type { Figures } from "./figures";

/** What samples that are not taken save at Amazon Managed Prometheus: the last ones of the month, in whatever tier these are. */
export function savedDollars(all: Figures, saved: Figures): Range {
  const { sample } = prices.managedPrometheus;
  const of = (whole: number, part: number) =>
    tiered(sample, whole) - tiered(sample, Math.max(0, whole - part));
  return {
    least: of(all.samplesPerMonth.least, saved.samplesPerMonth.least),
    most: of(all.samplesPerMonth.most, saved.samplesPerMonth.most),
  };
}
