import type { DescribedCatalogue, DescribedMetric } from "../../version/catalogue";
import { likenessOf, nameLikeness, renamesOf } from "./renames";
import { goneOr, isNameOf, isValueOf, type ChangedThing } from "./thing";

/** What became of metrics, their series, labels and values. */
export function changedMetrics(
  before: DescribedCatalogue,
  after: DescribedCatalogue,
): readonly ChangedThing[] {
  const [old, now] = [byName(before.metrics), byName(after.metrics)];
  const gone = before.metrics.filter(({ name }) => !now.has(name));
  const renames = renamesOf(
    gone,
    after.metrics.filter(({ name }) => !old.has(name)),
    alike,
  );
  return [
    ...begunRenames(before, after),
    ...gone.map((metric): ChangedThing => {
      const ended = endedRename(metric, old, now);
      const rename = renames.get(metric);
      const names = [metric.name, ...metric.series];
      return {
        ...goneOr(
          { kind: "metric", name: metric.name },
          ended ?? (rename && { name: rename.to.name, because: rename.because }),
        ),
        ...(ended && {
          successorOf: (series: string) =>
            names.includes(series) ? `${ended.name}${series.slice(metric.name.length)}` : undefined,
        }),
        words: names,
        explains: (reason) => isNameOf(reason, names),
      };
    }),
    ...before.metrics.flatMap((metric) => {
      const other = now.get(metric.name);
      return other === undefined ? [] : changesWithin(metric, other);
    }),
  ];
}

/** Metrics whose rename begins: services expose both names, and queries read either. */
function begunRenames(before: DescribedCatalogue, after: DescribedCatalogue): readonly ChangedThing[] {
  const begun = new Set(before.metrics.filter(({ formerNameOf }) => formerNameOf !== undefined));
  const known = byName(before.metrics.filter((metric) => !begun.has(metric)));
  return after.metrics.flatMap(({ name, formerNameOf }): readonly ChangedThing[] => {
    if (formerNameOf === undefined || !known.has(name)) return [];
    return [
      {
        subject: { kind: "metric", name, change: "renamed", to: formerNameOf },
        note: `It is being renamed to ${formerNameOf}: services expose both names, and queries read either.`,
        words: [],
        explains: () => false,
      },
    ];
  });
}

/** What a metric that is gone is called, where its rename was begun before: by its new name, or by its old one again. */
function endedRename(
  { name, formerNameOf }: DescribedMetric,
  old: ReadonlyMap<string, DescribedMetric>,
  now: ReadonlyMap<string, DescribedMetric>,
): { readonly name: string; readonly because: string } | undefined {
  if (formerNameOf !== undefined && now.has(formerNameOf)) {
    return {
      name: formerNameOf,
      because: `Its rename to ${formerNameOf} is at its end: queries read that name alone.`,
    };
  }
  const former = [...old.values()].find((metric) => metric.formerNameOf === name && now.has(metric.name));
  return former && { name: former.name, because: `Its rename from ${former.name} is taken back.` };
}

/** A metric keeps its type when it is renamed. */
function alike(one: DescribedMetric, other: DescribedMetric) {
  if (one.type !== other.type) return undefined;
  return likenessOf(
    [
      [one.help === other.help, 2, "help"],
      [one.unit === other.unit, 0.5, "unit"],
      [labelNames(one) === labelNames(other), 1, "labels"],
    ],
    nameLikeness(one.name, other.name),
  );
}

function changesWithin(before: DescribedMetric, after: DescribedMetric): readonly ChangedThing[] {
  const { name } = before;
  const storedIn = ({ stored, series }: DescribedMetric) => stored ?? series;
  const dropped = storedIn(before).filter((series) => !storedIn(after).includes(series));
  const jobs = before.exportedBy.filter((job) => !after.exportedBy.includes(job));
  return [
    ...(before.type !== after.type ? [changed(before, "type", before.type, after.type)] : []),
    ...(before.unit !== after.unit ? [changed(before, "unit", before.unit, after.unit)] : []),
    ...dropped.map((series): ChangedThing => {
      const isThere = after.series.includes(series);
      return {
        subject: { kind: "series", name: series, change: "gone" },
        ...(isThere && { note: "It is exposed and not stored any more, as nothing here reads it." }),
        words: isThere ? [] : [series],
        explains: (reason) => isNameOf(reason, [series]),
      };
    }),
    ...changedLabels(before, after),
    ...jobs.map((job): ChangedThing => ({
      subject: { kind: "metric", name, change: "changed", to: `no longer exposed by ${job}` },
      words: [],
      explains: (reason) =>
        isValueOf(reason, before.series, "job", job) || isValueOf(reason, before.series, "service", job),
    })),
  ];
}

function changed({ name, series }: DescribedMetric, what: string, from: string, to: string): ChangedThing {
  return {
    subject: { kind: "metric", name, change: "changed", to: `${what} ${to}` },
    note: `Its ${what} was ${from}.`,
    words: [],
    explains: (reason) => what === "type" && isNameOf(reason, series),
  };
}

function changedLabels(before: DescribedMetric, after: DescribedMetric): readonly ChangedThing[] {
  const { name, series } = before;
  const gone = before.labels.filter((label) => !after.labels.some((other) => other.name === label.name));
  const added = after.labels.filter((label) => !before.labels.some((other) => other.name === label.name));
  const renames = renamesOf(gone, added, (one, other) =>
    likenessOf(
      [[String(one.values) === String(other.values), 1, "values"]],
      nameLikeness(one.name, other.name),
    ),
  );
  return [
    ...gone.map((label): ChangedThing => {
      const rename = renames.get(label);
      return {
        ...goneOr(
          { kind: "label", name: `${name}{${label.name}}` },
          rename && { name: `${name}{${rename.to.name}}`, because: rename.because },
        ),
        words: [],
        explains: (reason) =>
          reason.kind === "label" && series.includes(reason.series) && reason.label === label.name,
      };
    }),
    ...before.labels.flatMap((label) => {
      const now = after.labels.find((other) => other.name === label.name)?.values;
      const lost = now === undefined ? [] : (label.values ?? []).filter((value) => !now.includes(value));
      return lost.map((value): ChangedThing => ({
        subject: { kind: "value", name: `${name}{${label.name}="${value}"}`, change: "gone" },
        words: [],
        explains: (reason) =>
          isValueOf(reason, series, label.name, value) ||
          (reason.kind === "fewer" &&
            series.includes(reason.series) &&
            reason.label === label.name &&
            reason.value === value),
      }));
    }),
  ];
}

function labelNames({ labels }: DescribedMetric): string {
  return labels.map(({ name }) => name).join();
}

function byName(metrics: readonly DescribedMetric[]): ReadonlyMap<string, DescribedMetric> {
  return new Map(metrics.map((metric) => [metric.name, metric]));
}
