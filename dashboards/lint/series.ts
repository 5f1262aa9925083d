import type { Catalogue } from "../../metrics/catalogue";
import { objectiveSeries, windowOf } from "../../metrics/objectives";
import type { AnyRecorded } from "../../metrics/promql";
import {
  cataloguedLabels,
  isCataloguedCounter,
  LabelAnalysis,
  LabelSet,
  parse,
} from "../../metrics/promql-analysis";
import { records } from "../../metrics/recorded";

/** Every series that the dashboards of a system may read. */
export interface SystemSeries {
  readonly catalogue: Catalogue;
  /** What its own rules record, beside what is recorded in every system. */
  readonly records: readonly AnyRecorded[];
}

/** Knows the series of a system by name. */
export class SeriesIndex {
  /** Finds the labels of expressions, by the catalogue and the recording rules. */
  readonly labels = new LabelAnalysis((series) => this.labelsOf(series) ?? LabelSet.any);
  private recorded: ReadonlyMap<string, LabelSet> | undefined;

  constructor(private readonly system: SystemSeries) {}

  /** The labels of a series of the catalogue, or of a recorded one; undefined for any other. */
  labelsOf(series: string): LabelSet | undefined {
    if (!series.includes(":")) return cataloguedLabels(this.system.catalogue, series);
    // Which windows there are, the environment says; all have the same labels.
    const recorded = windowOf(series) === undefined ? series : objectiveSeries.overWindow.name;
    this.recorded ??= this.recordedLabels();
    return this.recorded.get(recorded);
  }

  /** Whether a series only grows: by the catalogue, else by how the field names counters. */
  isCounter(series: string): boolean {
    const known = isCataloguedCounter(this.system.catalogue, series);
    return known ?? (!series.includes(":") && /_(total|bucket)$/.test(series));
  }

  /** A recording rule's labels are those that its expression leaves. */
  private recordedLabels(): ReadonlyMap<string, LabelSet> {
    const { catalogue } = this.system;
    const analysis = new LabelAnalysis((series) => cataloguedLabels(catalogue, series) ?? LabelSet.any);
    return new Map([
      ...[...Object.values(records), ...this.system.records].map(
        ({ name, expr }) => [name, analysis.of(parse(expr.toString()).expr)] as const,
      ),
      ...Object.values(objectiveSeries).map(({ name, labels }) => [name, LabelSet.of(...labels)] as const),
    ]);
  }
}
