import type { ParsedSample } from "../exposition";
import { attributesOf } from "./attributes";
import { labelNameOf, type Instrument } from "./names";
import type { HistogramPoint, KeyValue, Metric, NumberPoint, SummaryPoint } from "./request";

/** A point as Prometheus would have it: the samples of one label set. */
export interface Point {
  readonly labels: ParsedSample["labels"];
  readonly time: string;
  /** None where the series has ended. */
  readonly samples: readonly ParsedSample[];
  /** An attribute that can be no label. */
  readonly refused?: string;
  /** How many buckets the counts are of, where there are too few or too many. */
  readonly oddBuckets?: string;
}

/** An instrument's points, before they have a name. */
export interface Points {
  readonly type: Instrument["type"];
  /** 2 is cumulative, the only one that Prometheus takes; undefined where it does not matter. */
  readonly temporality: number | undefined;
  /** @param name of the metric */
  readonly named: (name: string) => readonly Point[];
}

/** The points of an instrument; undefined where it is of a kind that is not known. */
export function pointsOf(metric: Metric): Points | undefined {
  const { gauge, sum, histogram, exponentialHistogram, summary } = metric;
  if (gauge) return { type: "gauge", temporality: undefined, named: all(gauge.dataPoints, ofNumber) };
  if (sum) {
    const type = sum.isMonotonic ? "counter" : "up-down counter";
    return { type, temporality: sum.aggregationTemporality, named: all(sum.dataPoints, ofNumber) };
  }
  if (histogram) {
    const { aggregationTemporality: temporality, dataPoints } = histogram;
    return { type: "histogram", temporality, named: all(dataPoints, ofHistogram) };
  }
  if (exponentialHistogram) {
    const { aggregationTemporality: temporality, dataPoints } = exponentialHistogram;
    // It is a native histogram there, which is one sample.
    const ofPoint = (name: string, point: { readonly count: string }, labels: Labels) => [
      { name, labels, value: Number(point.count) },
    ];
    return { type: "exponential histogram", temporality, named: all(dataPoints, ofPoint) };
  }
  if (summary) return { type: "summary", temporality: undefined, named: all(summary.dataPoints, ofSummary) };
  return undefined;
}

type Labels = ParsedSample["labels"];
interface AnyPoint {
  readonly attributes: readonly KeyValue[];
  readonly timeUnixNano: string;
  readonly flags: number;
}

function all<P extends AnyPoint>(
  points: readonly P[],
  samplesOf: (name: string, point: P, labels: Labels) => readonly ParsedSample[],
): Points["named"] {
  return (name) =>
    points.map((point) => {
      const { labels, refused } = labelsOf(point.attributes);
      const hasEnded = (point.flags & 1) === 1;
      const oddBuckets =
        "bucketCounts" in point ? bucketsBeside(point as unknown as HistogramPoint) : undefined;
      return {
        labels,
        time: point.timeUnixNano,
        samples: hasEnded ? [] : samplesOf(name, point, labels),
        ...(refused !== undefined && { refused }),
        ...(oddBuckets !== undefined && { oddBuckets }),
      };
    });
}

/** Attributes as labels: those that get the same name are one, with both values. */
function labelsOf(pairs: readonly KeyValue[]): { readonly labels: Labels; readonly refused?: string } {
  const labels = new Map<string, string>();
  let refused: string | undefined;
  for (const [attribute, value] of [...attributesOf(pairs)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const name = labelNameOf(attribute);
    if (name === undefined) refused ??= attribute;
    else labels.set(name, [...(labels.get(name) ? [labels.get(name)] : []), value].join(";"));
  }
  return { labels: Object.fromEntries(labels), ...(refused !== undefined && { refused }) };
}

function ofNumber(name: string, { asDouble, asInt }: NumberPoint, labels: Labels): readonly ParsedSample[] {
  return [{ name, labels, value: asDouble ?? Number(asInt ?? 0) }];
}

function ofHistogram(name: string, point: HistogramPoint, labels: Labels): readonly ParsedSample[] {
  const { explicitBounds, bucketCounts, sum, count } = point;
  let counted = 0;
  const below = explicitBounds.slice(0, bucketCounts.length).map((bound, index) => {
    counted += Number(bucketCounts[index]);
    return { name: `${name}_bucket`, labels: { ...labels, le: boundText(bound) }, value: counted };
  });
  const total = Number(count);
  return [
    ...below,
    { name: `${name}_bucket`, labels: { ...labels, le: "+Inf" }, value: total },
    ...(sum === undefined ? [] : [{ name: `${name}_sum`, labels, value: sum }]),
    { name: `${name}_count`, labels, value: total },
  ];
}

/** An infinite bound would be the last bucket again. */
function boundText(bound: number): string {
  return bound === Infinity ? "+Inf" : bound === -Infinity ? "-Inf" : String(bound);
}

function bucketsBeside({ explicitBounds, bucketCounts }: HistogramPoint): string | undefined {
  const wanted = explicitBounds.length === 0 ? [0, 1] : [explicitBounds.length + 1];
  if (wanted.includes(bucketCounts.length)) return undefined;
  return `${String(bucketCounts.length)} counts for ${String(explicitBounds.length)} bounds`;
}

function ofSummary(
  name: string,
  { count, sum, quantileValues }: SummaryPoint,
  labels: Labels,
): readonly ParsedSample[] {
  return [
    ...quantileValues.map(({ quantile, value }) => ({
      name,
      labels: { ...labels, quantile: String(quantile) },
      value,
    })),
    { name: `${name}_sum`, labels, value: sum },
    { name: `${name}_count`, labels, value: Number(count) },
  ];
}
