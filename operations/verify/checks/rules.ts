import { isSame, parse } from "../../../metrics/promql-analysis";
import { type Finding, ok, problem } from "../../checks/check";
import type { EvaluatedGroup } from "../../clients/prometheus-client";
import { type ExpectedGroup, expectedGroups, type ExpectedRule } from "../expected-rules";
import type { VerifyCheck } from "../subject";

const deployAgain = "Deploy the environment again: what runs is not what these sources render.";
/** How many differing or failing rules of a group are named. */
const mostNamed = 3;
/** What a query, a scrape's end and a slow machine may add to an interval, in seconds. */
const slackSeconds = 10;

/** Whether Prometheus has loaded the groups of rules that were rendered, and evaluates them well and in time. */
export const rulesCheck: VerifyCheck = {
  name: "Rules",
  timeLimitMs: 15_000,
  late: "problem",
  async run({ deployment, prometheus, withoutPrometheus }) {
    if ((await withoutPrometheus) !== undefined) return [];
    const groups = await prometheus.ruleGroups();
    return ruleFindings(expectedGroups(deployment.ruleFiles), groups, Date.now());
  },
};

/**
 * What is to be said of the groups that Prometheus has.
 * @param now Unix time in milliseconds
 */
export function ruleFindings(
  expected: readonly ExpectedGroup[],
  loaded: readonly EvaluatedGroup[],
  now: number,
): readonly Finding[] {
  const keyOf = (file: string, name: string) => `${file.split("/").at(-1) ?? ""}/${name}`;
  const byKey = new Map(loaded.map((group) => [keyOf(group.file, group.name), group]));
  const known = new Set(expected.map(({ file, name }) => keyOf(file, name)));
  const findings = [
    ...expected.flatMap((group) => {
      const found = byKey.get(keyOf(group.file, group.name));
      if (found === undefined)
        return [problem(`the group ${group.name} of ${group.file} is not loaded`, deployAgain)];
      return [...differences(group, found), ...evaluation(found, now)];
    }),
    ...[...byKey].flatMap(([key, { name, file }]) =>
      known.has(key)
        ? []
        : [problem(`the group ${name} of ${file} is loaded, and nothing renders it`, deployAgain)],
    ),
  ];
  if (findings.length > 0) return findings;
  const rules = expected.reduce((sum, group) => sum + group.rules.length, 0);
  return [ok(`all ${String(expected.length)} groups with ${String(rules)} rules are evaluated in time`)];
}

function differences({ name, rules }: ExpectedGroup, found: EvaluatedGroup): readonly Finding[] {
  const lacking = rules.filter((rule) => !found.rules.some((other) => isRule(rule, other)));
  if (lacking.length === 0 && rules.length === found.rules.length) return [];
  const named = listed(lacking.map((rule) => rule.name));
  const text =
    lacking.length === 0
      ? `${String(found.rules.length - rules.length)} more rules than were rendered`
      : `not as they were rendered: ${named}`;
  return [
    problem(`the group ${name} has ${lacking.length === 0 ? text : `rules that are ${text}`}`, deployAgain),
  ];
}

type LoadedRule = EvaluatedGroup["rules"][number];

function isRule(rule: ExpectedRule, other: LoadedRule): boolean {
  return (
    rule.kind === other.type &&
    rule.name === other.name &&
    Math.abs(rule.forSeconds - (other.duration ?? 0)) < 0.001 &&
    sorted(rule.labels) === sorted(other.labels ?? {}) &&
    // Prometheus writes an expression in its own way.
    isSame(parse(rule.expr).expr, parse(other.query).expr)
  );
}

function sorted(labels: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1)));
}

function evaluation(group: EvaluatedGroup, now: number): readonly Finding[] {
  const { name, interval, evaluationTime, lastEvaluation, rules } = group;
  const failing = rules.filter(({ health }) => health === "err");
  if (failing.length > 0) {
    const names = listed(failing.map((rule) => rule.name));
    return [
      problem(
        `the group ${name} cannot be evaluated: ${names}: ${failing[0]?.lastError ?? "no reason is given"}`,
        "Its alerts may be missing. Mend the rule, or what it reads.",
      ),
    ];
  }
  const age = (now - Date.parse(lastEvaluation)) / 1_000;
  // Prometheus writes the year 1 of a group that it has not evaluated.
  if (new Date(lastEvaluation).getUTCFullYear() < 1970)
    return [problem(`the group ${name} was not evaluated yet`, `Ask again in ${String(interval)} s.`)];
  if (evaluationTime > interval)
    return [
      problem(
        `the group ${name} takes ${evaluationTime.toFixed(1)} s, longer than its interval of ${String(interval)} s`,
        "Give Prometheus more CPU, or the group a longer interval.",
      ),
    ];
  if (age > 2 * interval + slackSeconds)
    return [
      problem(
        `the group ${name} was evaluated ${age.toFixed(0)} s ago, at an interval of ${String(interval)} s`,
        "Prometheus does not keep up: see its log and its CPU.",
      ),
    ];
  return [];
}

function listed(names: readonly string[]): string {
  const distinct = [...new Set(names)];
  const more = distinct.length - mostNamed;
  return distinct.slice(0, mostNamed).join(", ") + (more > 0 ? ` and ${String(more)} more` : "");
}
