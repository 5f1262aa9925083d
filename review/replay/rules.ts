import { readRules, type ReadGroup } from "../../alerts/lint/read-rules";
import { secondsOf } from "../../metrics/duration";
import { allNodesOf, matchesValue, parse, type Parsed, type Selector } from "../../metrics/promql-analysis";
import type { Labels } from "../../metrics/promql-engine/series";

/** When the rules of a group are evaluated. */
export interface ReplayGroup {
  readonly file: string;
  readonly name: string;
  /** Between two evaluations, in milliseconds. */
  readonly interval: number;
  /** How far back its expressions look, in milliseconds. */
  readonly queryOffset: number;
  /** How many alerts or series one of its rules may give at an evaluation; 0 for any number. */
  readonly limit: number;
}

/** A rule as it is replayed. Durations are milliseconds. */
export interface ReplayRule {
  readonly group: ReplayGroup;
  /** Place in its group, from 0. */
  readonly index: number;
  readonly kind: "alert" | "record";
  readonly name: string;
  readonly expr: Parsed;
  readonly for: number;
  readonly keepFiringFor: number;
  readonly labels: Labels;
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * The rules of files, in the order of their evaluation.
 * @param files YAML by the name of the file
 * @param interval between two evaluations of a group that names none, such as `15s`
 * @throws Error that names each file and expression that cannot be read
 */
export function replayRules(
  files: Readonly<Record<string, string>>,
  interval: string,
): readonly ReplayRule[] {
  const problems: string[] = [];
  const rules = Object.entries(files).flatMap(([file, text]) => {
    const read = readRules(file, text);
    if ("error" in read) {
      problems.push(`${file}: ${read.error}`);
      return [];
    }
    return read.groups.flatMap((group) => rulesOf(group, interval, problems));
  });
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return rules;
}

function rulesOf(read: ReadGroup, interval: string, problems: string[]): ReplayRule[] {
  const milliseconds = (text: string | undefined) => Math.round(secondsOf(text ?? "0") * 1_000);
  const group: ReplayGroup = {
    file: read.file,
    name: read.name,
    interval: milliseconds(read.interval ?? interval),
    queryOffset: milliseconds(read.queryOffset),
    limit: Math.max(0, read.limit ?? 0),
  };
  return read.rules.map((rule) => {
    const expr = parse(rule.expr);
    const [problem] = expr.problems;
    if (problem !== undefined) problems.push(`${read.file}: ${read.name}: ${rule.name}: ${problem.message}`);
    return {
      group,
      index: rule.index,
      kind: rule.kind,
      name: rule.name,
      expr,
      for: milliseconds(rule.for),
      keepFiringFor: milliseconds(rule.keepFiringFor),
      labels: rule.labels,
      annotations: rule.annotations,
    };
  });
}

/** Names of the series that Prometheus writes of each alert. */
export const alertSeries = ["ALERTS", "ALERTS_FOR_STATE"] as const;

/** Names of the series that a rule writes. */
export function writtenBy({ kind, name }: Pick<ReplayRule, "kind" | "name">): readonly string[] {
  return kind === "record" ? [name] : alertSeries;
}

/** Whether a selector may take a series that a rule writes. */
export function mayRead(selector: Selector, rule: Pick<ReplayRule, "kind" | "name" | "labels">): boolean {
  const ofName = writtenBy(rule).some((name) => takesName(selector, name));
  if (!ofName || rule.kind === "record") return ofName;
  const known: Labels = { alertname: rule.name };
  return selector.matchers.every(
    ({ label, operator, value }) =>
      known[label] === undefined || matchesValue({ operator, value }, known[label]),
  );
}

/** The selectors of an expression. */
export function selectorsIn({ expr }: Pick<Parsed, "expr">): readonly Selector[] {
  return allNodesOf(expr).filter((node): node is Selector => node.kind === "selector");
}

/** Whether a selector may take series of a name. */
export function takesName({ name, matchers }: Selector, series: string): boolean {
  if (name !== "") return name === series;
  return matchers
    .filter(({ label }) => label === "__name__")
    .every(({ operator, value }) => matchesValue({ operator, value }, series));
}
