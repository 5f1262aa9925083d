import type { Binary } from "../promql-analysis";
import { Columns } from "./columns";
import type { Fail } from "./error";
import { keyOf, nameless, only, textOf, without, withLabel } from "./label-sets";
import type { Operator } from "./operators";
import type { Evaluated, Labels } from "./series";

/** How two sides are matched, and what becomes of the pairs. */
export interface Matching extends Pick<Binary, "on" | "ignoring" | "groupLeft" | "groupRight" | "isBool"> {
  readonly operator: Operator;
  readonly count: number;
  readonly fail: Fail;
}

/** Series of one side by the labels that are matched. */
export function bySignature(
  columns: readonly Evaluated[],
  matching: Pick<Binary, "on" | "ignoring">,
): Map<string, Evaluated[]> {
  const groups = new Map<string, Evaluated[]>();
  for (const column of columns) {
    const key = keyOf(matchedLabels(column.labels, matching));
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [column]);
    else group.push(column);
  }
  return groups;
}

function matchedLabels(labels: Labels, { on, ignoring = [] }: Pick<Binary, "on" | "ignoring">): Labels {
  return on === undefined ? without(labels, ["__name__", ...ignoring]) : only(labels, on);
}

/** Arithmetic and comparisons of series with series. */
export function matchedPairs(
  left: readonly Evaluated[],
  right: readonly Evaluated[],
  matching: Matching,
): readonly Evaluated[] {
  const isSwapped = matching.groupRight !== undefined;
  const [many, one] = isSwapped ? [right, left] : [left, right];
  const ones = bySignature(one, matching);
  refuseDuplicates(many, ones, matching);
  const columns = new Columns(matching.count, matching.fail);
  for (const [signature, members] of bySignature(many, matching)) {
    const partners = ones.get(signature) ?? [];
    const seen = new Seen(matching, members.length);
    for (const member of members) {
      for (const partner of partners) combine(member, partner, { matching, isSwapped, columns, seen });
    }
  }
  return columns.all();
}

/** The side of which one series is to match must not have two, even where nothing matches them. */
function refuseDuplicates(
  many: readonly Evaluated[],
  ones: ReadonlyMap<string, readonly Evaluated[]>,
  matching: Matching,
): void {
  const side = matching.groupRight === undefined ? "right" : "left";
  for (const group of ones.values()) {
    if (group.length < 2) continue;
    for (let step = 0; step < matching.count; step++) {
      const there = group.filter(({ present }) => present[step] === 1);
      const [first, second] = there;
      if (first === undefined || second === undefined) continue;
      // Nothing is matched, and nothing found out, where the other side is empty.
      if (!many.some(({ present }) => present[step] === 1)) continue;
      const labels = textOf(matchedLabels(first.labels, matching)) || "{}";
      matching.fail(
        `found duplicate series for the match group ${labels} on the ${side} hand-side of the operation: ` +
          `[${textOf(second.labels)}, ${textOf(first.labels)}];many-to-many matching not allowed: ` +
          "matching labels must be unique on one side",
        step,
      );
    }
  }
}

/** Which results a match group has at each time already, kept or not. */
class Seen {
  private readonly byLabels = new Map<string, Uint8Array>();

  constructor(
    private readonly matching: Matching,
    /** Where there is one series only, nothing can be seen twice. */
    private readonly size: number,
  ) {}

  /** Marks for the results with some labels; undefined where there is nothing to find. */
  of(labels: Labels): Uint8Array | undefined {
    if (this.size < 2) return undefined;
    const key = this.isOneToOne ? "" : keyOf(labels);
    const known = this.byLabels.get(key) ?? new Uint8Array(this.matching.count);
    this.byLabels.set(key, known);
    return known;
  }

  refuse(step: number): never {
    return this.matching.fail(
      this.isOneToOne
        ? "multiple matches for labels: many-to-one matching must be explicit (group_left/group_right)"
        : "multiple matches for labels: grouping labels must ensure unique matches",
      step,
    );
  }

  private get isOneToOne(): boolean {
    return this.matching.groupLeft === undefined && this.matching.groupRight === undefined;
  }
}

function combine(
  member: Evaluated,
  partner: Evaluated,
  at: {
    readonly matching: Matching;
    readonly isSwapped: boolean;
    readonly columns: Columns;
    readonly seen: Seen;
  },
): void {
  const { matching, isSwapped, columns, seen } = at;
  const { operator, isBool, count } = matching;
  const labels = resultLabels(member.labels, partner.labels, matching);
  const result = columns.of(labels);
  const marks = seen.of(labels);
  const [left, right] = isSwapped ? [partner, member] : [member, partner];
  for (let step = 0; step < count; step++) {
    if (left.present[step] !== 1 || right.present[step] !== 1) continue;
    if (marks !== undefined) {
      if (marks[step] === 1) seen.refuse(step);
      marks[step] = 1;
    }
    const [one, other] = [left.values[step] as number, right.values[step] as number];
    const holds = operator.holds?.(one, other);
    if (isBool) columns.put(result, step, holds === true ? 1 : 0);
    else if (holds !== false) columns.put(result, step, operator.value(one, other));
  }
}

/** Of a pair: the labels that were matched; with grouping, those of the side of many, and some of the other one. */
function resultLabels(many: Labels, one: Labels, matching: Matching): Labels {
  const { on, ignoring = [], groupLeft, groupRight, operator, isBool } = matching;
  let labels = isBool || operator.holds === undefined ? nameless(many) : many;
  const included = groupLeft ?? groupRight;
  if (included === undefined) return on === undefined ? without(labels, ignoring) : only(labels, on);
  for (const name of included) labels = withLabel(labels, name, one[name] ?? "");
  return labels;
}
