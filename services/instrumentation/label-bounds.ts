import type { Metric } from "../../metrics/define";
import type { Bounded, Follows, LabelSpec, OneOf } from "../../metrics/labels";

/** Label values as a caller gives them. */
export type Labels = Readonly<Record<string, string>>;

/** Turns what a caller gives into the label set to record, which is the same object for the same set. */
export type LabelResolver = (labels: Labels) => Labels;

/**
 * Keeps the labels of one registry within the bounds of the catalogue. A label that several metrics share (one spec
 * object in the catalogue) keeps the same values apart in all of them.
 */
export class LabelBounds {
  private readonly kept = new Map<LabelSpec, Map<string, string>>();

  /** The resolver of one metric. It throws TypeError for a value or a label that the catalogue does not allow. */
  resolverOf(metric: Metric): LabelResolver {
    const specs = Object.entries(metric.labels);
    const sets = new Map<string, Labels>();
    return (given) => {
      for (const name of Object.keys(given)) {
        if (!Object.hasOwn(metric.labels, name))
          throw new TypeError(`${metric.name} has no label "${name}".`);
      }
      const resolved: Record<string, string> = {};
      for (const [name, spec] of specs) resolved[name] = this.resolve(metric, name, spec, given, resolved);
      const known = sets.get(keyOf(resolved));
      if (known) return known;
      if (sets.size >= (metric.maxLabelSets ?? Infinity)) {
        for (const [name, spec] of specs) resolved[name] = restOf(spec) ?? resolved[name] ?? "";
      }
      const key = keyOf(resolved);
      const set = sets.get(key) ?? resolved;
      sets.set(key, set);
      return set;
    };
  }

  private resolve(metric: Metric, name: string, spec: LabelSpec, given: Labels, resolved: Labels): string {
    const value = given[name];
    if (value === undefined) throw new TypeError(`${metric.name} needs the label "${name}".`);
    switch (spec.kind) {
      case "oneOf":
        return oneOf(metric, name, spec, value);
      case "bounded":
        return this.bounded(spec, value);
      case "follows":
        return this.follows(metric, spec, value, given, resolved);
      case "open":
        return value;
    }
  }

  private bounded(spec: Bounded, value: string): string {
    const kept = this.keptOf(spec);
    if (!kept.has(value)) {
      if (kept.size >= spec.max) return spec.rest;
      kept.set(value, value);
    }
    return value;
  }

  /** The first value that came with the other label's value stays with it. */
  private follows(metric: Metric, spec: Follows, value: string, given: Labels, resolved: Labels): string {
    const other = metric.labels[spec.label];
    const leader = resolved[spec.label] ?? given[spec.label] ?? "";
    if (other && leader === restOf(other)) return spec.rest;
    const kept = this.keptOf(spec);
    const known = kept.get(leader);
    if (known !== undefined) return known;
    kept.set(leader, value);
    return value;
  }

  private keptOf(spec: LabelSpec): Map<string, string> {
    const kept = this.kept.get(spec) ?? new Map<string, string>();
    this.kept.set(spec, kept);
    return kept;
  }
}

function oneOf(metric: Metric, name: string, spec: OneOf, value: string): string {
  if (spec.values.includes(value)) return value;
  if (spec.rest !== undefined) return spec.rest;
  throw new TypeError(
    `${metric.name} does not allow ${name}="${value}"; allowed are ${spec.values.join(", ")}.`,
  );
}

function restOf(spec: LabelSpec): string | undefined {
  return spec.kind === "open" ? undefined : spec.rest;
}

function keyOf(labels: Labels): string {
  return Object.values(labels).join("\u0000");
}
