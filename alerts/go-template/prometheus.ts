import { valuesWithoutSeries } from "../../metrics/promql-engine/without-series";
import {
  numberOf,
  humanize,
  humanize1024,
  humanizeDuration,
  humanizePercentage,
  humanizeTimestamp,
  integerOf,
  timeOf,
} from "./humanize";
import { joinHostPort, isAddress, splitHostPort } from "./hosts";
import { isMatch, replaceAll } from "./regular-expressions";
import { TemplateError } from "./template-error";
import { quotedAsRaw } from "./format";
import { lower, queryEscaped, titled, upper } from "./texts";
import { GoDuration } from "./times";
import {
  byBytes,
  fixed,
  GoList,
  GoMap,
  GoStruct,
  MarkedText,
  typeName,
  variadic,
  type GoFunctions,
  type GoValue,
} from "./values";

/** What functions of Prometheus's templates know beside their arguments. */
export interface PrometheusSurroundings {
  /** Its URL from outside. */
  readonly externalUrl: string;
  /** When the rule is evaluated, in milliseconds of Unix time. */
  readonly time: number;
  /**
   * What a query gives at that time: labels and a value each. Default: what reads no series is computed, such as
   * `vector(3 * 0.5)`; a template that asks for series fails.
   */
  readonly query?: (promql: string) => readonly QueriedSample[];
}

/** A sample of what a template has asked for. */
export interface QueriedSample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const number = (write: (value: number) => string) => fixed(["any"], (value) => write(numberOf(value)));

/** The functions of Prometheus's templates of rules, beside Go's own. */
export function prometheusFunctions({ externalUrl, time, query }: PrometheusSurroundings): GoFunctions {
  return {
    query: fixed(["string"], (promql) => samplesOf(query?.(promql) ?? withoutSeries(promql, time))),
    first: fixed(["any"], (samples) => {
      const [first] = listOf(samples).items;
      if (first === undefined) throw new TemplateError("first() called on vector with no elements");
      return first;
    }),
    label: fixed(["string", "any"], (name, sample) => labelOf(sample, name)),
    value: fixed(["any"], (sample) => sampleOf(sample).fields.Value),
    strvalue: fixed(["any"], (sample) => labelOf(sample, "__value__")),
    args: variadic([], "any", (...values) => {
      const named = values.map((value, index) => [`arg${String(index)}`, value] as const);
      return new GoMap("map[string]interface {}", named, undefined);
    }),
    reReplaceAll: fixed(["string", "string", "string"], replacedAll),
    safeHtml: fixed(["string"], (text) => new MarkedText("html", text)),
    match: fixed(["string", "string"], isMatch),
    title: fixed(["string"], (text) => titled(text, false)),
    toUpper: fixed(["string"], upper),
    toLower: fixed(["string"], lower),
    graphLink: fixed(["string"], (promql) => `/graph?g0.expr=${queryEscaped(promql)}&g0.tab=0`),
    tableLink: fixed(["string"], (promql) => `/graph?g0.expr=${queryEscaped(promql)}&g0.tab=1`),
    sortByLabel: fixed(["string", "any"], (name, samples) => {
      const list = listOf(samples);
      return new GoList(
        list.typeName,
        [...list.items].sort((one, other) => byBytes(labelOf(one, name), labelOf(other, name))),
      );
    }),
    stripPort: fixed(["string"], (address) => splitHostPort(address)?.host ?? address),
    stripDomain: fixed(["string"], withoutDomain),
    humanize: number(humanize),
    humanize1024: number(humanize1024),
    humanizeDuration: number(humanizeDuration),
    humanizePercentage: number(humanizePercentage),
    humanizeTimestamp: number(humanizeTimestamp),
    toTime: fixed(["any"], (value) => timeOf(numberOf(value))),
    toDuration: fixed(["any"], (value) => new GoDuration(integerOf(numberOf(value) * 1e9), true)),
    now: fixed([], () => time / 1000),
    pathPrefix: fixed([], () =>
      URL.canParse(externalUrl) ? new URL(externalUrl).pathname.replace(/^\/$/, "") : "",
    ),
    externalURL: fixed([], () => externalUrl),
    parseDuration: fixed(["string"], secondsOf),
    urlQueryEscape: fixed(["string"], queryEscaped),
  };
}

function withoutSeries(promql: string, time: number): readonly QueriedSample[] {
  const values = valuesWithoutSeries(promql, time);
  if (values !== undefined) return values.map((value) => ({ labels: {}, value }));
  throw new TemplateError(`query ${JSON.stringify(promql)}: series that templates ask for are not read here`);
}

/** Prometheus says which expression is broken, in Go's words of regexp.MustCompile. */
function replacedAll(pattern: string, replacement: string, text: string): string {
  try {
    return replaceAll(pattern, replacement, text);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw new TemplateError(`regexp: Compile(${quotedAsRaw(pattern)}): ${error.message}`);
  }
}

function samplesOf(samples: readonly QueriedSample[]): GoList {
  return new GoList(
    "template.queryResult",
    samples.map(
      ({ labels, value }) => new GoStruct("*template.sample", { Labels: labelsMap(labels), Value: value }),
    ),
  );
}

/** Labels as templates see them. */
export function labelsMap(labels: Readonly<Record<string, string>>): GoMap {
  return new GoMap("map[string]string", labels, "");
}

function listOf(value: GoValue): GoList {
  if (value instanceof GoList && value.typeName === "template.queryResult") return value;
  throw new TemplateError(`wrong type for value; expected template.queryResult; got ${typeName(value)}`);
}

function sampleOf(value: GoValue): GoStruct {
  if (value instanceof GoStruct && value.typeName === "*template.sample") return value;
  throw new TemplateError(`wrong type for value; expected *template.sample; got ${typeName(value)}`);
}

function labelOf(sample: GoValue, name: string): string {
  const labels = sampleOf(sample).fields.Labels;
  const value = labels instanceof GoMap ? labels.entries.get(name) : undefined;
  return typeof value === "string" ? value : "";
}

function withoutDomain(address: string): string {
  const { host = address, port = "" } = splitHostPort(address) ?? {};
  if (isAddress(host)) return address;
  const [name = ""] = host.split(".");
  return port === "" ? name : joinHostPort(name, port);
}

const units: readonly (readonly [string, number])[] = [
  ["y", 31_536_000_000],
  ["w", 604_800_000],
  ["d", 86_400_000],
  ["h", 3_600_000],
  ["m", 60_000],
  ["s", 1_000],
  ["ms", 1],
];
const duration = new RegExp(`^${units.map(([unit]) => `(?:(\\d+)${unit})?`).join("")}$`);

/** Seconds of a duration of Prometheus's: `1h30m`, `-5m`. */
function secondsOf(text: string): number {
  if (text.startsWith("-")) return 0 - secondsOf(text.slice(1));
  if (text === "0") return 0;
  if (text === "") throw new TemplateError("empty duration string");
  const numbers = duration.exec(text)?.slice(1);
  if (numbers === undefined) throw new TemplateError(problemOf(text));
  const milliseconds = units.reduce((sum, [, size], index) => sum + Number(numbers[index] ?? "0") * size, 0);
  if (milliseconds > 2 ** 63 / 1e6) throw new TemplateError("duration out of range");
  // Through nanoseconds, as Prometheus does: it rounds twice.
  return Number(BigInt(milliseconds) * 1_000_000n) / 1e9;
}

function problemOf(text: string): string {
  const [, unit = ""] = /^(?:\d+(?:y|w|d|h|ms|m(?!s)|s))*\d+(\D+)/.exec(text) ?? [];
  return unit === "" || units.some(([known]) => known === unit)
    ? `not a valid duration string: ${JSON.stringify(text)}`
    : `unknown unit ${JSON.stringify(unit)} in duration ${JSON.stringify(text)}`;
}
