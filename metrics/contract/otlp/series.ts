import type { Exposition, ParsedFamily, ParsedSample } from "../exposition";
import type { Finding, FindingKind } from "../findings";
import { labelSetOf } from "../label-sets";
import { metricNameOf, unitNameOf } from "./names";
import { pointsOf, type Point } from "./points";
import type { Metric, ResourceMetrics, Scope } from "./request";

/** Most label sets that are kept of a service, of all its metrics: far beyond any budget of series. */
const keptSets = 100_000;
/** Cumulative temporality; what is not is refused by Prometheus. */
const cumulative = 2;

interface Family {
  readonly name: string;
  types: readonly string[];
  readonly instrument: string;
  readonly unit: string;
}
interface Series {
  readonly family: string;
  readonly samples: readonly ParsedSample[];
}

/**
 * The series of a service as Prometheus would have them, each with its last value. Several processes of the service are
 * one: whichever sent a series last has its value.
 */
export class SeriesByOtlp {
  private readonly families = new Map<string, Family>();
  private readonly series = new Map<string, Series>();
  private readonly found = new Map<string, Finding>();
  private points = 0;

  /** @param most label sets that are kept, of all metrics together */
  constructor(private readonly most = keptSets) {}

  /** Whether any point came. */
  get isEmpty(): boolean {
    return this.points === 0;
  }

  /** Takes what one sender sent. */
  add({ scopeMetrics }: ResourceMetrics): void {
    // A sender may send several values of a series at once, each with its own time.
    const sent = new Set<string>();
    for (const { scope, metrics } of scopeMetrics) {
      for (const metric of metrics) this.addMetric(metric, scope, sent);
    }
  }

  /** What came so far, in the form of a scrape. */
  exposition(): Exposition {
    const samples = new Map<string, ParsedSample[]>();
    for (const { family, samples: some } of this.series.values()) {
      const known = samples.get(family) ?? [];
      known.push(...some);
      samples.set(family, known);
    }
    const families = new Map<string, ParsedFamily>();
    for (const [name, { types, instrument, unit }] of this.families) {
      const some = samples.get(name);
      const type = types.at(-1) ?? "untyped";
      if (some !== undefined) families.set(name, { name, type, types, unit, instrument, samples: some });
    }
    return { format: "OTLP", families };
  }

  /** What Prometheus would refuse, or have only one of. */
  findings(): readonly Finding[] {
    return [...this.found.values()];
  }

  private addMetric(metric: Metric, scope: Scope | null | undefined, sent: Set<string>): void {
    const points = pointsOf(metric);
    const instrument = describe(metric);
    if (points === undefined) {
      this.find("type", instrument, "is of a kind that OTLP has not had so far");
      return;
    }
    const { type: kind, temporality } = points;
    const name = metricNameOf({ name: metric.name, unit: metric.unit, type: kind });
    if (name === undefined) {
      this.find("format", instrument, "has no letter and no digit in its name; Prometheus refuses it");
      return;
    }
    const all = points.named(name);
    if (all.length === 0) return;
    if (temporality !== undefined && temporality !== cumulative) this.refuseTemporality(name, temporality);
    const type = kind === "up-down counter" ? "gauge" : kind;
    const known = this.families.get(name) ?? { name, types: [], instrument, unit: unitNameOf(metric.unit) };
    this.families.set(name, { ...known, types: [...known.types.filter((other) => other !== type), type] });
    // Two instruments may become one metric: their points are apart here, so that the check sees them both.
    const source = JSON.stringify([scope?.name, scope?.version, metric.name, metric.unit, type]);
    for (const point of all) this.addPoint(name, source, point, sent);
  }

  private addPoint(name: string, source: string, point: Point, sent: Set<string>): void {
    this.points += 1;
    const { labels, time, samples, refused, oddBuckets } = point;
    if (refused !== undefined) {
      const attribute = JSON.stringify(refused);
      this.find(
        "label",
        name,
        `has the attribute ${attribute}, of which no label can be; Prometheus refuses it`,
      );
    }
    if (oddBuckets !== undefined) this.find("incomplete", name, `has ${oddBuckets}; there is one more count`);
    const set = labelSetOf({ name, labels, value: 0 });
    const key = `${source}${set}`;
    const atOnce = `${key}${time}`;
    if (sent.has(atOnce)) this.find("duplicate", name, `has the series ${name}${set} twice at one time`);
    sent.add(atOnce);
    if (samples.length === 0) this.series.delete(key);
    else if (this.series.has(key) || this.series.size < this.most) {
      this.series.set(key, { family: name, samples });
    } else {
      const most = `${String(this.most)} label sets of all its metrics`;
      this.find("bound", name, `is not checked to its end: the service sends more than ${most}`);
    }
  }

  private refuseTemporality(name: string, temporality: number): void {
    const found = temporality === 1 ? "delta temporality" : "no temporality";
    const mending = "set OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative";
    this.find("temporality", name, `has ${found}; Prometheus refuses all but cumulative: ${mending}`);
  }

  private find(kind: FindingKind, metric: string, message: string): void {
    this.found.set(JSON.stringify([kind, metric, message]), { kind, metric, message });
  }
}

/** An instrument as its program calls it. */
function describe({ name, unit }: Metric): string {
  return unit === "" ? JSON.stringify(name) : `${JSON.stringify(name)} in ${JSON.stringify(unit)}`;
}
