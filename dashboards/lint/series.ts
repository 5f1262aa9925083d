import { objectiveSeries, windowOf } from "../../metrics/objectives";
import {
  cataloguedLabels,
  isCataloguedCounter,
  LabelAnalysis,
  LabelSet,
  parse,
} from "../../metrics/promql-analysis";
import { records } from "../../metrics/recorded";

/** The labels of a series of the catalogue, or of a recorded one; undefined for any other. */
export function labelsOfSeries(series: string): LabelSet | undefined {
  if (!series.includes(":")) return cataloguedLabels(series);
  // Which windows there are, the environment says; all have the same labels.
  const recorded = windowOf(series) === undefined ? series : objectiveSeries.overWindow.name;
  return recordedLabels().get(recorded);
}

/** Finds the labels of expressions, by the catalogue and the recording rules. */
export function labelAnalysis(): LabelAnalysis {
  return new LabelAnalysis((series) => labelsOfSeries(series) ?? LabelSet.any);
}

/** Whether a series only grows: by the catalogue, else by how the field names counters. */
export function isCounter(series: string): boolean {
  return isCataloguedCounter(series) ?? (!series.includes(":") && /_(total|bucket)$/.test(series));
}

let recorded: ReadonlyMap<string, LabelSet> | undefined;

/** Made at first use: a recording rule's labels are those that its expression leaves. */
function recordedLabels(): ReadonlyMap<string, LabelSet> {
  const analysis = new LabelAnalysis((series) => cataloguedLabels(series) ?? LabelSet.any);
  recorded ??= new Map([
    ...Object.values(records).map(
      ({ name, expr }) => [name, analysis.of(parse(expr.toString()).expr)] as const,
    ),
    ...Object.values(objectiveSeries).map(({ name, labels }) => [name, LabelSet.of(...labels)] as const),
  ]);
  return recorded;
}
