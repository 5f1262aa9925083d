import type { LabelMatchingOperator, LabelSelector } from "@grafana/promql-builder";
import { report, words } from "../problems";

/** What one label must be: made by the functions below. */
export class Matcher<V extends string> {
  declare protected readonly value: V;

  constructor(
    readonly operator: LabelMatchingOperator,
    readonly text: string,
    /** The values or the expression to check against the label's allowed values; a variable has neither. */
    readonly names: readonly string[] | RegExp | undefined,
  ) {}
}

/** A label's value, or a matcher of it, or several that must all hold. */
export type Match<V extends string> = V | Matcher<V> | readonly (V | Matcher<V>)[];

/** Another value than this one. `not("")`: the label is there. */
export function not<const V extends string>(value: V): Matcher<V> {
  return new Matcher("!=", value, value === "" ? undefined : [value]);
}

/** One of these values. */
export function anyOf<const V extends string>(...values: readonly [V, ...V[]]): Matcher<V> {
  return listed("anyOf", "=~", values);
}

/** None of these values. */
export function noneOf<const V extends string>(...values: readonly [V, ...V[]]): Matcher<V> {
  return listed("noneOf", "!~", values);
}

function listed<V extends string>(what: string, operator: "=~" | "!~", values: readonly V[]): Matcher<V> {
  const strange = values.filter((value: unknown) => typeof value !== "string");
  for (const found of strange) report({ what, found, allowed: "texts" });
  if (values.length === 0) report({ what, found: values, allowed: "at least one value" });
  const texts = values.map(String);
  return new Matcher(operator, texts.map(escapeRegex).join("|"), strange.length > 0 ? undefined : values);
}

/**
 * A value that the regular expression matches as a whole, as always in PromQL. It must be one both in RE2 and in
 * JavaScript, and match one of the label's allowed values where it has a closed set.
 */
export function matches(pattern: string): Matcher<never> {
  return new Matcher("=~", pattern, anchored("matches", pattern));
}

/** A value that the regular expression does not match as a whole; see `matches`. */
export function notMatches(pattern: string): Matcher<never> {
  return new Matcher("!~", pattern, anchored("notMatches", pattern));
}

/** Whether a matcher's text has a variable of Grafana's in it: any value may stand there. */
export function hasVariable(text: string): boolean {
  return /\$\{?[A-Za-z]/.test(text);
}

/** The value, or one of the values, of a variable of the dashboard. */
export function variable(name: string): Matcher<never> {
  if (typeof name !== "string" || !/^[A-Za-z]\w*$/.test(name)) {
    report({
      what: "variable",
      found: name,
      allowed: "the name of a Grafana variable: letters, digits and _",
    });
  }
  return new Matcher("=~", `$${name}`, undefined);
}

/** The values that a label may be compared with; without `isClosed` there may be others, which only expressions match. */
export interface LabelValues {
  readonly values: readonly string[];
  readonly isClosed: boolean;
}

/**
 * A label's matchers as they stand in a selector. Reports what is none, and what no allowed value can match.
 * @param allowed undefined where a label takes any value.
 */
export function labelSelectors(
  series: string,
  label: string,
  match: Match<string>,
  allowed: LabelValues | undefined,
): LabelSelector[] {
  const all: readonly unknown[] = Array.isArray(match) ? match : [match];
  const what = `select(${series}): ${label}`;
  return all.flatMap((one) => {
    const matcher =
      typeof one === "string"
        ? new Matcher("=", one, one === "" ? undefined : [one])
        : (one as Matcher<string>);
    if (!(matcher instanceof Matcher)) {
      report({ what, found: one, allowed: "a text, or a matcher such as anyOf and not" });
      return [];
    }
    if (allowed !== undefined) check(what, matcher, allowed);
    return [{ name: label, operator: matcher.operator, value: matcher.text }];
  });
}

function check(what: string, { names, operator, text }: Matcher<string>, allowed: LabelValues): void {
  if (names === undefined) return;
  const { values, isClosed } = allowed;
  if (names instanceof RegExp) {
    if (!isClosed || values.some((value) => names.test(value))) return;
    report({ what, found: words(`${operator}"${text}", which matches none`), allowed: values.join(", ") });
    return;
  }
  for (const found of names.filter((name) => !values.includes(name))) {
    report({ what, found, allowed: values.join(", "), candidates: values });
  }
}

function anchored(what: string, pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, "s");
  } catch {
    report({ what, found: pattern, allowed: "a regular expression" });
    return undefined;
  }
}

function escapeRegex(value: string): string {
  return value.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}
