import { matchesValue, type Matcher } from "../../../metrics/promql-analysis";

/** The values that a label may have; "" is that of a series without it. */
export type Values = ReadonlySet<string> | "any";

/** Series that there may be: all whose labels have one of these values each. */
export interface PossibleSeries {
  readonly labels: ReadonlyMap<string, Values>;
  /** Whether there may be labels besides. */
  readonly isOpen: boolean;
  /** What all their samples are, whatever is measured. Undefined where what is measured decides. */
  readonly value?: number | undefined;
  /** Whether they are there at all times, whatever is measured. */
  readonly isAlways?: boolean;
  /** Whether nobody knows that there are any. */
  readonly isUnsure?: boolean;
  /** Names what their samples are: two of the same term have the same value wherever they have the same labels. */
  readonly term?: string | undefined;
  /** Names what part of all series of its term they are, which a condition has chosen. Undefined for all. */
  readonly part?: string | undefined;
  /**
   * Whether what is measured decides that a comparison lets them through; false where each holds whatever is measured.
   * Undefined without any.
   */
  readonly isDecided?: boolean | undefined;
}

const absent: Values = new Set([""]);

/** The part that cannot be told from another one. */
export const unknownPart = "?";

/** A series without labels, such as a number gives. */
export const unlabelled: PossibleSeries = { labels: new Map(), isOpen: false };

/** What nothing is known of. */
export const anything: PossibleSeries = { labels: new Map(), isOpen: true, isUnsure: true };

/** The values of a label. */
export function valuesOf({ labels, isOpen }: PossibleSeries, label: string): Values {
  return labels.get(label) ?? (isOpen ? "any" : absent);
}

/** Whether a label may be there. */
export function mayHave(series: PossibleSeries, label: string): boolean {
  const values = valuesOf(series, label);
  return values === "any" || [...values].some((value) => value !== "");
}

type Choice = Pick<Matcher, "label" | "operator" | "value">;

/** What of the series a matcher chooses; undefined where it can choose none. */
export function matched(series: PossibleSeries, matcher: Choice): PossibleSeries | undefined {
  const values = valuesOf(series, matcher.label);
  if (values === "any") {
    const exact = exactValues(matcher);
    return exact === undefined ? partBy(series, matcher) : withLabel(series, matcher.label, exact);
  }
  const chosen = new Set([...values].filter((value) => isMatch(matcher, value)));
  if (chosen.size === values.size) return series;
  return chosen.size === 0 ? undefined : withLabel(series, matcher.label, chosen);
}

/** A part of the series, the same one wherever the same matcher chooses. */
export function partBy(series: PossibleSeries, { label, operator, value }: Choice): PossibleSeries {
  return series.part === unknownPart
    ? series
    : { ...series, part: `${series.part ?? ""}{${label}${operator}${JSON.stringify(value)}}` };
}

/** A part of the series that cannot be told from another one. */
export function partOf(series: PossibleSeries): PossibleSeries {
  return { ...series, part: unknownPart };
}

/** What a regular expression matches is asked again and again. */
const matches = new WeakMap<Choice, Map<string, boolean>>();

function isMatch(matcher: Choice, value: string): boolean {
  const known = matches.get(matcher) ?? new Map<string, boolean>();
  matches.set(matcher, known);
  const found = known.get(value) ?? matchesValue(matcher, value);
  known.set(value, found);
  return found;
}

/** The values that a matcher names one by one. */
function exactValues({ operator, value }: Pick<Matcher, "operator" | "value">): Values | undefined {
  if (operator === "=") return new Set([value]);
  return operator === "=~" && /^[\w:/ -]+(\|[\w:/ -]+)*$/.test(value) ? new Set(value.split("|")) : undefined;
}

/** With other values of a label. */
export function withLabel(series: PossibleSeries, label: string, values: Values): PossibleSeries {
  return { ...series, labels: new Map([...series.labels, [label, values]]) };
}

/** With some labels only. */
export function only(series: PossibleSeries, labels: readonly string[]): PossibleSeries {
  return {
    ...series,
    labels: new Map(labels.map((label) => [label, valuesOf(series, label)])),
    isOpen: false,
  };
}

/** Without some labels. */
export function without(series: PossibleSeries, labels: readonly string[]): PossibleSeries {
  return labels.reduce((all, label) => withLabel(all, label, absent), series);
}

/** The values that are in both; undefined for none. */
export function shared(one: Values, other: Values): Values | undefined {
  if (one === "any") return other;
  if (other === "any") return one;
  const both = new Set([...one].filter((value) => other.has(value)));
  return both.size === 0 ? undefined : both;
}

/** So many different series are kept apart. */
const most = 400;

/** The same series without those that say the same; many become one that may be any of them. */
export function distinct(all: readonly PossibleSeries[]): readonly PossibleSeries[] {
  if (all.length < 2) return all;
  const byKey = new Map(all.map((series) => [keyOf(series), series]));
  return byKey.size <= most ? [...byKey.values()] : [merged([...byKey.values()])];
}

function keyOf(series: PossibleSeries): string {
  const { labels, isOpen, value, isAlways = false, isUnsure = false, term, part, isDecided } = series;
  const texts = [...labels]
    .filter(([, values]) => isOpen || values === "any" || values.size !== 1 || !values.has(""))
    .map(([label, values]) => `${label}=${values === "any" ? "*" : JSON.stringify([...values].sort())}`);
  return [isOpen, isAlways, isUnsure, value, term, part, isDecided, ...texts.sort()].map(String).join(",");
}

function merged(all: readonly PossibleSeries[]): PossibleSeries {
  const names = new Set(all.flatMap(({ labels }) => [...labels.keys()]));
  const union = (label: string): Values => {
    const each = all.map((series) => valuesOf(series, label));
    return each.some((values) => values === "any") ? "any" : new Set(each.flatMap((values) => [...values]));
  };
  const [first] = all;
  const isShared = (key: "value" | "term") => all.every((series) => series[key] === first?.[key]);
  return {
    labels: new Map([...names].map((label) => [label, union(label)])),
    isOpen: all.some(({ isOpen }) => isOpen),
    value: isShared("value") ? first?.value : undefined,
    term: isShared("term") ? first?.term : undefined,
    part: unknownPart,
    isDecided: decidedBy(all),
    isAlways: all.some(({ isAlways }) => isAlways === true),
    isUnsure: all.every(({ isUnsure }) => isUnsure === true),
  };
}

/** Whether what is measured decides of what is there only where all of these are. */
export function decidedBy(all: readonly PossibleSeries[]): boolean | undefined {
  if (all.some(({ isDecided }) => isDecided === true)) return true;
  return all.some(({ isDecided }) => isDecided === false) ? false : undefined;
}
