import type { ParsedFamily } from "../contract/exposition";
import { bounded, type LabelSpec } from "../labels";
import { roundBound } from "./bounds";
import type { InferredLabel } from "./entry";
import { followedBy } from "./follows";
import { judgeValues, type Closed, type Many } from "./values";

/** The labels of a metric, each with what its values tell. */
export type JudgedLabels = ReadonlyMap<string, Closed | Many>;

/** Judges the labels of a metric, `le` of a histogram left out, in the order of the alphabet. */
export function judgeLabels({ type, samples }: ParsedFamily): JudgedLabels {
  const values = new Map<string, Set<string>>();
  for (const { labels } of samples) {
    for (const [name, value] of Object.entries(labels)) {
      if (type === "histogram" && name === "le") continue;
      values.set(name, (values.get(name) ?? new Set()).add(value));
    }
  }
  const names = [...values.keys()].sort();
  return new Map(names.map((name) => [name, judgeValues(name, values.get(name) ?? new Set())]));
}

/** What metrics with a label of one name share of it: the values of all of them have one bound. */
export class SharedBounds {
  private readonly values = new Map<string, Set<string>>();
  private readonly specs = new Map<string, LabelSpec>();

  /** @param metrics the labels of all metrics */
  constructor(metrics: Iterable<JudgedLabels>) {
    for (const labels of metrics) {
      for (const [name, judged] of labels) {
        if (judged.kind !== "many") continue;
        const key = keyOf(name, judged);
        this.values.set(key, new Set([...(this.values.get(key) ?? []), ...judged.values]));
      }
    }
  }

  /** The bound of a label: the same object for all metrics that have it. */
  of(name: string, judged: Many): LabelSpec {
    const key = keyOf(name, judged);
    const { rest, isTemplate, isRestSeen } = judged;
    const max = roundBound(this.seen(name, judged), !isRestSeen);
    const spec = this.specs.get(key) ?? bounded({ max, rest, ...(isTemplate && { isTemplate }) });
    this.specs.set(key, spec);
    return spec;
  }

  /** How many values of it were seen in all metrics, that for the rest left out. */
  seen(name: string, judged: Many): number {
    return this.values.get(keyOf(name, judged))?.size ?? 0;
  }
}

function keyOf(name: string, { rest, isTemplate, isRestSeen }: Many): string {
  return JSON.stringify([name, rest, isTemplate, isRestSeen]);
}

/** The labels of an entry. */
export function labelsOf(
  { samples }: ParsedFamily,
  judged: JudgedLabels,
  bounds: SharedBounds,
): readonly InferredLabel[] {
  const many = new Map([...judged].filter((each): each is [string, Many] => each[1].kind === "many"));
  const following = followedBy(samples, many);
  return [...judged].map(([name, label]): InferredLabel => {
    if (label.kind === "closed") {
      if (label.isStandard) return { name, spec: label.spec };
      return {
        name,
        spec: label.spec,
        comment: `${seen(label.spec.values.length)}; add those that can still come.`,
      };
    }
    const leader = following.get(name);
    if (leader !== undefined) {
      return { name, spec: leader, comment: `Each ${leader.label} that was seen has one value of it.` };
    }
    return { name, spec: bounds.of(name, label), comment: boundComment(bounds.seen(name, label), label) };
  });
}

function boundComment(count: number, { rest, isRestSeen }: Many): string {
  if (isRestSeen) return `${values(count)} and "${rest}" were seen; take the bound that the service has.`;
  return `${seen(count)}; count those beyond the bound as "${rest}".`;
}

function seen(count: number): string {
  return `${values(count)} ${count === 1 ? "was" : "were"} seen`;
}

function values(count: number): string {
  return count === 1 ? "1 value" : `${String(count)} values`;
}
