import type { Metric, MetricType, Owned } from "./define";
import { join, type Joined } from "./join";
import type { LabelValue } from "./labels";
import { refusingProblems } from "./problems";
import { checkProperties, checkWord, text, whole } from "./properties";
import { type Exporter, exporters } from "./exporters";
import { everyService, everyTarget, probeJob } from "./targets";

/** What a catalogue knows of a service. */
export interface CataloguedService {
  /** The most series that one instance of it may export (see `series.ts`). */
  readonly seriesBudget: number;
  /** The team that owns it: an environment may send its alerts to receivers of their own. */
  readonly owner: string;
}

/** An entry of a catalogue of any name and type, for code that goes through all of them. */
export type CatalogueEntry = Owned<Metric>;

/** Metrics by name. */
export type Metrics = Readonly<Record<string, CatalogueEntry>>;

/** The services of a system, and every metric that something in it watches. `S` and `M` are literal types. */
export interface Catalogue<S extends string = string, M extends Metrics = Metrics> {
  readonly services: Readonly<Record<S, CataloguedService>>;
  readonly metrics: M;
}

/** Exporters of groups that are neither services `S` nor known to every system. */
type Strangers<G extends readonly Metrics[], S extends string> = Exclude<
  { [I in keyof G]: G[I][keyof G[I]]["exportedBy"][number] }[number],
  S | Exporter
>;

/** The groups, or words about what does not fit together. */
type Fitting<G extends readonly Metrics[], S extends string> =
  Joined<G> extends string
    ? readonly [Joined<G>]
    : [Strangers<G, S>] extends [never]
      ? G
      : readonly [`exported by "${Strangers<G, S>}", which is no service of the catalogue`];

/**
 * A catalogue: services, and groups of metrics made by `owned`, those of others (`standardGroups`) among them. Two
 * groups with a metric of the same name, or one that a stranger exports, do not compile, and are reported.
 */
export function catalogueOf<const S extends string, const G extends readonly Metrics[]>(
  services: Readonly<Record<S, CataloguedService>>,
  ...groups: Fitting<G, S>
): Catalogue<S, Extract<Joined<G>, Metrics>> {
  for (const [name, service] of Object.entries<unknown>(services)) {
    checkProperties(`service ${name}`, service, { seriesBudget: whole(1, 10_000_000), owner: text });
  }
  const known: readonly string[] = [
    ...Object.keys(services),
    ...exporters,
    everyService,
    everyTarget,
    probeJob,
  ];
  const checked = new Set<readonly unknown[]>();
  const given = groups as unknown as readonly Metrics[];
  for (const { owner, exportedBy } of given.flatMap((group) => Object.values(group))) {
    // A group's metrics share their exporters.
    if (checked.has(exportedBy)) continue;
    checked.add(exportedBy);
    for (const exporter of exportedBy) checkWord(`metrics of ${owner}: exportedBy`, exporter, known);
  }
  return { services, metrics: join(...given) as Extract<Joined<G>, Metrics> };
}

/** Name of a service of a catalogue. */
export type ServiceOf<C extends Catalogue> = keyof C["services"] & string;

/** Name of a metric of a catalogue. */
export type MetricName<C extends Catalogue> = keyof C["metrics"] & string;

/** One entry of a catalogue. */
export type MetricOf<C extends Catalogue, N extends MetricName<C>> = C["metrics"][N];

/** Names of the metrics of a type. */
export type NameOf<C extends Catalogue, T extends MetricType> = {
  [N in MetricName<C>]: MetricOf<C, N>["type"] extends T ? N : never;
}[MetricName<C>];

/** Names of a metric's labels, those of the scrape left out. */
export type LabelName<C extends Catalogue, N extends MetricName<C>> = keyof MetricOf<C, N>["labels"] & string;

/** A metric's labels with their allowed values: all of them and no other. */
export type LabelsOf<C extends Catalogue, N extends MetricName<C>> = [LabelName<C, N>] extends [never]
  ? Readonly<Record<string, never>>
  : { readonly [L in keyof MetricOf<C, N>["labels"]]: LabelValue<MetricOf<C, N>["labels"][L]> };

/** All entries in a catalogue's order. */
export function entriesOf({ metrics }: Catalogue): readonly CatalogueEntry[] {
  return Object.values(metrics);
}

/** Names of the services in a catalogue's order. */
export function servicesOf<S extends string>({ services }: Pick<Catalogue<S>, "services">): readonly S[] {
  return Object.keys(services) as S[];
}

/**
 * What a service exports: its own metrics and those of every service.
 * @throws DefinitionError when something is wrong in a catalogue: no service starts with such a one
 */
export function metricsOf(catalogue: Catalogue, service: string): readonly CatalogueEntry[] {
  refusingProblems(() => undefined);
  return entriesOf(catalogue).filter(({ exportedBy }) =>
    exportedBy.some((by) => by === everyService || by === service),
  );
}

/** What a program measures: each metric once, under the name that it has now. */
export function underOwnNames<E extends Pick<Metric, "formerNameOf">>(entries: readonly E[]): readonly E[] {
  return entries.filter(({ formerNameOf }) => formerNameOf === undefined);
}

/** Who exports a metric, in words. */
export function exportersOf(metric: CatalogueEntry): string {
  return metric.exportedBy.map((by) => (by === everyTarget ? "Prometheus, of every target" : by)).join(", ");
}
