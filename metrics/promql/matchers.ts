import type { LabelMatchingOperator, LabelSelector } from "@grafana/promql-builder";
import type { LabelSpec } from "../labels";

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
  return new Matcher("=~", values.map(escapeRegex).join("|"), values);
}

/** None of these values. */
export function noneOf<const V extends string>(...values: readonly [V, ...V[]]): Matcher<V> {
  return new Matcher("!~", values.map(escapeRegex).join("|"), values);
}

/**
 * A value that the regular expression matches as a whole, as always in PromQL. It must be one both in RE2 and in
 * JavaScript, and match one of the label's allowed values where it has a closed set.
 * @throws SyntaxError when it is no regular expression.
 */
export function matches(pattern: string): Matcher<never> {
  return new Matcher("=~", pattern, anchored(pattern));
}

/**
 * A value that the regular expression does not match as a whole; see `matches`.
 * @throws SyntaxError when it is no regular expression.
 */
export function notMatches(pattern: string): Matcher<never> {
  return new Matcher("!~", pattern, anchored(pattern));
}

/**
 * The value, or one of the values, of a variable of the dashboard.
 * @throws Error when that is no name of a variable.
 */
export function variable(name: string): Matcher<never> {
  if (!/^[A-Za-z]\w*$/.test(name))
    throw new Error(`"${name}" is no name of a Grafana variable: letters, digits, _.`);
  return new Matcher("=~", `$${name}`, undefined);
}

/**
 * A label's matchers as they stand in a selector.
 * @param spec what values the label may take; undefined for the scrape's labels.
 * @throws Error when no allowed value can match.
 */
export function labelSelectors(
  series: string,
  label: string,
  match: Match<string>,
  spec: LabelSpec | undefined,
): LabelSelector[] {
  const all: readonly (string | Matcher<string>)[] = isList(match) ? match : [match];
  return all.map((one) => {
    const matcher = one instanceof Matcher ? one : new Matcher("=", one, one === "" ? undefined : [one]);
    if (spec?.kind === "oneOf") check(series, label, matcher, spec.values);
    return { name: label, operator: matcher.operator, value: matcher.text };
  });
}

function isList(match: Match<string>): match is readonly (string | Matcher<string>)[] {
  return Array.isArray(match);
}

function check(
  series: string,
  label: string,
  { names, operator, text }: Matcher<string>,
  allowed: readonly string[],
): void {
  if (names === undefined) return;
  const unknown = names instanceof RegExp ? [] : names.filter((name) => !allowed.includes(name));
  const nothing = names instanceof RegExp && !allowed.some((value) => names.test(value));
  if (unknown.length > 0 || nothing) {
    const what = nothing ? `${label}${operator}"${text}" matches none` : `"${unknown.join('", "')}" is none`;
    throw new Error(`${series}: ${what} of the values of the label ${label}: ${allowed.join(", ")}.`);
  }
}

function anchored(pattern: string): RegExp {
  return new RegExp(`^(?:${pattern})$`, "s");
}

function escapeRegex(value: string): string {
  return value.replace(/[\\.+*?()|[\]{}^$]/g, "\\$&");
}
