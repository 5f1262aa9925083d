import { matchesValue, nodesOf, parse, type Matcher, type Selector } from "../../../metrics/promql-analysis";
import { recorded } from "../../../dashboards/known-traffic/timeline";
import type { ExpressionReader } from "../../../review/impact/readers/expression";
import type { Mutation } from "./mutations";

/** The values that an expression gives over the known time: none for no data. */
export type Values = ReadonlySet<string>;

/**
 * Says by a real Prometheus what readers give after a mutation: each selector is written anew so that it chooses what it
 * would choose of data without what is gone.
 */
export class Oracle {
  private readonly answers = new Map<string, Promise<Values>>();

  constructor(private readonly url: URL) {}

  /** What each reader gives: recorded names whose rules give nothing are gone, too. */
  async after(
    readers: readonly ExpressionReader[],
    mutation: Mutation | undefined,
  ): Promise<ReadonlyMap<ExpressionReader, Values>> {
    const dead = new Set<string>();
    for (let before = -1; before < dead.size;) {
      before = dead.size;
      const records = new Map<string, boolean>();
      for (const reader of readers.filter(({ where }) => where === "recorded series")) {
        const gives = (await this.ask(rewritten(reader.text, mutation, dead))).size > 0;
        records.set(reader.name, gives || records.get(reader.name) === true);
      }
      for (const [name, gives] of records) if (!gives) dead.add(name);
    }
    const values = new Map<ExpressionReader, Values>();
    for (const reader of readers) values.set(reader, await this.ask(rewritten(reader.text, mutation, dead)));
    return values;
  }

  private ask(query: string): Promise<Values> {
    const known = this.answers.get(query) ?? this.query(query);
    this.answers.set(query, known);
    return known;
  }

  private async query(query: string): Promise<Values> {
    const times = { start: String(recorded.from + 3_600), end: String(recorded.to), step: "900" };
    const body = new URLSearchParams({ query, ...times });
    const response = await fetch(new URL("/api/v1/query_range", this.url), { method: "POST", body });
    const { data, error } = (await response.json()) as {
      data?: { result: { values?: [number, string][] }[] };
      error?: string;
    };
    if (data === undefined) throw new Error(`${query}: ${error ?? "no answer"}`);
    return new Set(data.result.flatMap(({ values = [] }) => values.map(([, value]) => value)));
  }
}

/** Lengths of time are an hour, other variables match all. */
export function plain(text: string): string {
  return text
    .replaceAll(/\$__(?:rate_)?interval|\$__range|\$\{__\w+\}/g, "1h")
    .replaceAll(/\$\{(\w+)(?::\w+)?\}|\$[a-zA-Z_]\w*/g, ".*");
}

function rewritten(text: string, mutation: Mutation | undefined, dead: ReadonlySet<string>): string {
  const source = plain(text);
  const selectors = [...nodesOf(parse(source).expr, "selector")].sort((one, other) => other.from - one.from);
  let result = source;
  for (const selector of selectors) {
    const now = dead.has(selector.name)
      ? `gone_${selector.name.replaceAll(":", "_")}`
      : choosing(selector, mutation);
    if (now === undefined) continue;
    // Its name and matchers; a range and an offset stay behind them.
    const old = /^[\w:]+(\{(?:"(?:[^"\\]|\\.)*"|[^}"])*\})?/.exec(result.slice(selector.from))?.[0] ?? "";
    result = result.slice(0, selector.from) + now + result.slice(selector.from + old.length);
  }
  return result;
}

/** A selector of what is left; undefined where it chooses what it did. */
function choosing({ name, matchers }: Selector, mutation: Mutation | undefined): string | undefined {
  if (mutation === undefined) return undefined;
  if (mutation.kind === "alert")
    return name === "ALERTS"
      ? written(name, [...matchers, { label: "alertname", operator: "!=", value: mutation.names[0] ?? "" }])
      : undefined;
  if (!mutation.names.includes(name)) return undefined;
  if (mutation.kind === "label") {
    const of = matchers.filter(({ label }) => label === mutation.label);
    const rest = matchers.filter(({ label }) => label !== mutation.label);
    return of.every((matcher) => matchesValue(matcher, "")) ? written(name, rest) : `gone_${name}`;
  }
  if (mutation.kind === "value")
    return written(name, [...matchers, { label: mutation.label, operator: "!=", value: mutation.value }]);
  return `gone_${name.replaceAll(":", "_")}`;
}

function written(name: string, matchers: readonly Pick<Matcher, "label" | "operator" | "value">[]): string {
  return `${name}{${matchers.map(({ label, operator, value }) => `${label}${operator}${JSON.stringify(value)}`).join(",")}}`;
}
