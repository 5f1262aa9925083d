import { createHash } from "node:crypto";
import type { Expression, Selector, Subquery } from "../../../metrics/promql-analysis";
import { shared, unknownPart, valuesOf, type PossibleSeries } from "./possible";

/** A short name of a long text. */
function named(text: string): string {
  return text.length < 80 ? text : createHash("sha256").update(text).digest("base64url");
}

/** A term of its own. */
export function termOf(...parts: readonly (string | number)[]): string {
  return named(JSON.stringify(parts));
}

/** The term of what a rule records: what it hands on of another one's is the same, all else is what it reads, at its times. */
export function recordedTerm(term: string | undefined, rule: { readonly expr: string }): string {
  const ofRule = "recorded ";
  if (term?.startsWith(ofRule) === true) return term;
  return `${ofRule}${term ?? termOf(rule.expr)}`;
}

/** The term at another time, or over a range of it. */
export function shifted(term: string | undefined, expr: Selector | Subquery): string | undefined {
  const { range, offset, at } = expr;
  const step = expr.kind === "subquery" ? expr.step?.seconds : undefined;
  if (range === undefined && offset === undefined && at === undefined) return term;
  const lengths = [range, offset].map((length) => (length === undefined ? "" : length.seconds));
  // Of a length that only a query decides nothing is known.
  if (term === undefined || lengths.includes(undefined)) return undefined;
  return termOf(term, expr.kind, ...lengths.map(String), String(at ?? ""), String(step ?? ""));
}

/** Whether both have the same values wherever they have the same labels. */
export function isSame(one: PossibleSeries, other: PossibleSeries): boolean {
  return one.term !== undefined && one.term === other.term;
}

/** The term of an operation of two. */
export function operated(op: string, left: PossibleSeries, right: PossibleSeries): string | undefined {
  const [one, other] = [left, right].map(({ value, term }) => (value === undefined ? term : String(value)));
  if (right.value === (op === "+" || op === "-" ? 0 : op === "*" || op === "/" ? 1 : NaN)) return left.term;
  if (left.value === (op === "+" ? 0 : op === "*" ? 1 : NaN)) return right.term;
  return one === undefined || other === undefined ? undefined : termOf(one, op, other);
}

/** Functions whose result has the labels of their argument, and is the same for the same argument. */
export function called(
  name: string,
  args: readonly Expression[],
  { term }: PossibleSeries,
): string | undefined {
  if (["sort", "sort_desc", "sort_by_label", "sort_by_label_desc"].includes(name)) return term;
  if (term === undefined || ["label_replace", "label_join", "info", "timestamp"].includes(name))
    return undefined;
  const others = args.flatMap((arg) =>
    arg.kind === "number" || arg.kind === "string" ? [arg.value] : arg.kind === "unary" ? [undefined] : [],
  );
  return others.includes(undefined)
    ? undefined
    : termOf(name, args.length, ...others.filter((each) => each !== undefined), term);
}

/**
 * Term and part of each group of an aggregation: those of the series where each is alone in its group.
 * @param kept the series with the labels of the group alone
 */
export function aggregated(
  op: string,
  all: readonly PossibleSeries[],
  kept: readonly PossibleSeries[],
): readonly Pick<PossibleSeries, "term" | "part">[] {
  return all.map((series, index) => {
    const group = kept[index];
    const { term, part } = series;
    if (group === undefined || term === undefined) return {};
    const inGroup = all.filter((_, other) => meets(group, kept[other] ?? group));
    const isAlone = inGroup.length === 1 && isOneByLabels(series, group);
    if (isAlone && ["sum", "min", "max", "avg"].includes(op)) return { term, part };
    if (inGroup.some((each) => each.term === undefined || each.part === unknownPart)) return {};
    const members = inGroup.map(({ term = "", part = "", labels, isOpen }) =>
      termOf(term, part, String(isOpen), ...[...labels].map(([label, of]) => `${label}=${texts(of)}`).sort()),
    );
    return { term: termOf(op, ...[...group.labels.keys()].sort(), ...members.sort()) };
  });
}

/** Whether the labels of the group say all of a series' labels. */
function isOneByLabels({ labels, isOpen }: PossibleSeries, group: PossibleSeries): boolean {
  return (
    !isOpen &&
    [...labels].every(([label, values]) => {
      const ofGroup = valuesOf(group, label);
      const isKept = group.labels.has(label) && (ofGroup === values || texts(ofGroup) === texts(values));
      return isKept || (values !== "any" && values.size === 1);
    })
  );
}

function meets(one: PossibleSeries, other: PossibleSeries): boolean {
  const names = new Set([...one.labels.keys(), ...other.labels.keys()]);
  return [...names].every((label) => shared(valuesOf(one, label), valuesOf(other, label)) !== undefined);
}

function texts(values: ReturnType<typeof valuesOf>): string {
  return values === "any" ? "*" : JSON.stringify([...values].sort());
}
