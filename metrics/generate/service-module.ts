import { type Catalogue, type CatalogueEntry, metricsOf, underOwnNames } from "../catalogue";
import { baseUnits } from "../definition";
import type { BaseUnit, Metric, MetricType } from "../define";
import { http as httpGroup } from "../http";
import type { LabelSpec } from "../labels";
import { exposedAsUnknown } from "../openmetrics";
import { uniqueNames } from "./words";

/** A file that is made of a catalogue. */
export interface GeneratedModule {
  /** Its name. */
  readonly file: string;
  readonly text: string;
}

/** A metric as a module for another program describes it. */
export interface ModuleMetric {
  readonly name: string;
  readonly type: Exclude<MetricType, "summary">;
  readonly help: string;
  readonly unit: string;
  /** Set where a value of the metric is in a base unit, so that it has a type of its own. */
  readonly baseUnit: BaseUnit | undefined;
  readonly labels: readonly ModuleLabel[];
  readonly buckets: readonly number[];
  readonly maxLabelSets: number | undefined;
  /** Whether OpenMetrics has it as `unknown`, since its name clashes with that of another metric of the service. */
  readonly isUnknownInOpenMetrics: boolean;
  /** The name that it is exposed under besides, while it is being renamed. */
  readonly formerly: FormerName | undefined;
}

/** The name that a metric had. */
export interface FormerName {
  readonly name: string;
  /** Whether OpenMetrics has it as `unknown` under this name. */
  readonly isUnknownInOpenMetrics: boolean;
}

/** A label of a metric. */
export interface ModuleLabel {
  readonly name: string;
  /** Metrics whose labels share the object keep the same values apart. */
  readonly spec: ModuleLabelSpec;
}

/** What values a label may take; `open()` is for metrics of others. */
export type ModuleLabelSpec = Exclude<LabelSpec, { readonly kind: "open" }>;

/** What a service measures, as far as a program in any language must know it. */
export interface ServiceModule {
  readonly service: string;
  /** Its own metrics, in the catalogue's order. */
  readonly metrics: readonly ModuleMetric[];
  /**
   * The counter and the histogram of its requests, which have the same labels; undefined where the catalogue has none.
   */
  readonly http: { readonly requests: ModuleMetric; readonly duration: ModuleMetric } | undefined;
}

/** A catalogue of which no module can be made. */
export class ModuleError extends Error {
  override readonly name = "ModuleError";
}

const httpNames = underOwnNames(Object.values<Metric>(httpGroup)).map(({ name }) => name);

/**
 * What a module of a service is made of.
 * @throws ModuleError that names the metric which no program of ours can export
 */
export function serviceModule(catalogue: Catalogue, service: string): ServiceModule {
  const exported = metricsOf(catalogue, service);
  const unknown = exposedAsUnknown(exported);
  const own = underOwnNames(exported).filter(({ exportedBy }) => exportedBy.includes(service));
  const [requests, duration] = httpNames.map((name) => exported.find((entry) => entry.name === name));
  return {
    service,
    metrics: own.map((entry) => moduleMetric(entry, unknown)),
    http:
      requests && duration
        ? { requests: moduleMetric(requests, unknown), duration: moduleMetric(duration, unknown) }
        : undefined,
  };
}

function moduleMetric(entry: CatalogueEntry, unknown: ReadonlySet<string>): ModuleMetric {
  const { name, type, help, unit, labels, buckets = [], maxLabelSets, foreign, formerly } = entry;
  if (type === "summary") {
    throw new ModuleError(`${name} is a summary, allowed: counters, gauges, histograms.`);
  }
  if (foreign) {
    throw new ModuleError(`${name} is a metric of others, allowed: metrics that the service makes itself.`);
  }
  return {
    name,
    type,
    help,
    unit,
    baseUnit: baseUnits.find((each) => each === unit),
    labels: Object.entries(labels).map(([label, spec]) => ({ name: label, spec: closed(name, label, spec) })),
    buckets,
    maxLabelSets,
    isUnknownInOpenMetrics: unknown.has(name),
    formerly:
      formerly === undefined ? undefined : { name: formerly, isUnknownInOpenMetrics: unknown.has(formerly) },
  };
}

function closed(metric: string, label: string, spec: LabelSpec): ModuleLabelSpec {
  if (spec.kind !== "open") return spec;
  throw new ModuleError(
    `${metric}: the label ${label} is open(), allowed in a metric of one's own: oneOf, oneOfOr, bounded, follows.`,
  );
}

/**
 * The specs of labels whose values are known at run time only, each once, with a name of its own.
 * @param nameOf the name of a spec by the first label that has it
 */
export function sharedSpecs(
  metrics: readonly ModuleMetric[],
  nameOf: (label: string) => string,
): ReadonlyMap<ModuleLabelSpec, string> {
  const firstOf = new Map<ModuleLabelSpec, string>();
  for (const { name, spec } of metrics.flatMap(({ labels }) => labels)) {
    if (spec.kind !== "oneOf" && !firstOf.has(spec)) firstOf.set(spec, name);
  }
  const names = uniqueNames([...firstOf.values()].map(nameOf));
  return new Map([...firstOf.keys()].map((spec, index) => [spec, names[index] ?? ""]));
}
