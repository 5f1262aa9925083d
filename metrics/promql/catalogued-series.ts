import { type Catalogue, entriesOf, servicesOf, underOwnNames } from "../catalogue";
import { entryOf, familyOf, formerSeries } from "../families";
import { report } from "../problems";
import { exporters } from "../exporters";
import { targetLabels } from "../targets";
import type { LabelValues } from "./matchers";
import type { Sample, Shape } from "./vector";

/** What is known of a series: its shape, and the values of labels that do not take any. */
export interface KnownSeries {
  readonly shape: Shape;
  readonly values: Readonly<Record<string, LabelValues>>;
  /** The name that the series had, where their metric is being renamed. */
  readonly formerly?: string | undefined;
}

/** The series of a catalogue, each looked up once. */
export class CataloguedSeries {
  private readonly found = new Map<string, KnownSeries | undefined>();

  constructor(private readonly catalogue: Catalogue) {}

  /** What the catalogue says of a series; reports one that it has not. */
  known(series: string): KnownSeries | undefined {
    if (!this.found.has(series)) this.found.set(series, this.find(series));
    const found = this.found.get(series);
    if (found !== undefined) return found;
    const renamed = familyOf(this.catalogue, series);
    if (renamed?.formerNameOf !== undefined) {
      const now = renamed.formerNameOf + series.slice(renamed.name.length);
      report({ what: "select", found: series, allowed: `${now}, which reads the series of both names` });
      return undefined;
    }
    const isHistogram = entryOf(this.catalogue, series)?.type === "histogram";
    const names = isHistogram ? [series] : underOwnNames(entriesOf(this.catalogue)).map(({ name }) => name);
    const all = names.flatMap((name) => this.partsOf(name));
    const allowed = isHistogram
      ? `${all.join(", ")}: a histogram is stored as these`
      : "a series of the catalogue, or what recorded gives";
    report({ what: "select", found: series, allowed, candidates: all });
    return undefined;
  }

  private find(series: string): KnownSeries | undefined {
    const family = familyOf(this.catalogue, series);
    if (family === undefined || family.formerNameOf !== undefined) return undefined;
    const { name, type, labels } = family;
    const own = series.endsWith("_bucket")
      ? ["le"]
      : type === "summary" && series === name
        ? ["quantile"]
        : [];
    const services = servicesOf(this.catalogue);
    const values: Record<string, LabelValues> =
      // What services there are, a catalogue without any does not know; others may leave some out.
      services.length === 0 ? {} : { service: { values: [...services, ...exporters], isClosed: false } };
    for (const [label, spec] of Object.entries(labels)) {
      if (spec.kind === "oneOf") values[label] = { values: spec.values, isClosed: true };
    }
    return {
      shape: { labels: [...Object.keys(labels), ...own, ...targetLabels], sample: this.sampleOf(series) },
      values,
      formerly: formerSeries(this.catalogue, series),
    };
  }

  private sampleOf(series: string): Sample {
    const entry = entryOf(this.catalogue, series);
    if (entry === undefined) return series.endsWith("_bucket") ? "bucket" : "counter";
    return entry.type === "counter" ? "counter" : "gauge";
  }

  /** The series that a metric is stored as. */
  private partsOf(metric: string): readonly string[] {
    const type = entryOf(this.catalogue, metric)?.type;
    if (type === "histogram") return ["_bucket", "_sum", "_count"].map((part) => metric + part);
    return type === "summary" ? [metric, `${metric}_sum`, `${metric}_count`] : [metric];
  }
}
