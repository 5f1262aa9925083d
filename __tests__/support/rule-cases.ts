import type { AlertCase, CaseSeries, Level } from "../../alerts/cases";
import { type AlertRule, type Rule, type RuleGroup, isAlert } from "../../alerts/rule";

import { secondsOf } from "../../alerts/durations";
import { selectorsOf } from "../../metrics/promql";
import { ruleGroups, type TestRuleSettings } from "./rule-settings";

/** One test as `promtool test rules` reads it. */
export interface PromtoolTest {
  readonly name: string;
  readonly interval: string;
  readonly input_series: readonly { readonly series: string; readonly values: string }[];
  readonly alert_rule_test: readonly {
    readonly eval_time: string;
    readonly alertname: string;
    readonly exp_alerts: readonly {
      readonly exp_labels: Readonly<Record<string, string>>;
      readonly exp_annotations: Readonly<Record<string, string>>;
    }[];
  }[];
  readonly promql_expr_test?: readonly {
    readonly expr: string;
    readonly eval_time: string;
    readonly exp_samples: readonly { readonly labels: string; readonly value: number }[];
  }[];
}

/** What a series does, phase by phase. */
type Phase = readonly [level: (series: CaseSeries) => Level, minutes: number];

/** How long the phases of a case are that says nothing of it. */
export const usualMinutes = { healthy: 30, faulty: 40, mended: 60 };

const healthy = ({ levels }: CaseSeries) => levels[0];
const edge = ({ levels }: CaseSeries) => levels[1];
const faulty = ({ levels }: CaseSeries) => levels[2];
const faultyWithoutTraffic = (series: CaseSeries) => (series.isCounter ? 0 : faulty(series));

/** The rule that a case is about. */
export function ruleOf(one: AlertCase, settings: TestRuleSettings): AlertRule {
  const found = alertsOf(settings).filter(
    (rule) =>
      rule.alert === one.alert &&
      rule.severity === one.severity &&
      Object.entries(rule.labels ?? {}).every(
        ([label, value]) => value.includes("{{") || one.labels[label] === value,
      ),
  );
  const [rule] = found;
  if (rule === undefined || found.length > 1)
    throw new Error(`${String(found.length)} rules are ${one.alert}, ${one.severity}.`);
  return rule;
}

/** All alerting rules. */
export function alertsOf(settings: TestRuleSettings): AlertRule[] {
  return allGroups(settings).flatMap(({ rules }) => rules.filter(isAlert));
}

function allGroups(settings: TestRuleSettings): RuleGroup[] {
  return Object.values(ruleGroups(settings)).flat();
}

/** A rule with the recording rules that it needs, each in its group. */
export function groupsFor(rule: AlertRule, settings: TestRuleSettings, put: AlertRule = rule): RuleGroup[] {
  return groupsAround(rule, allGroups(settings), put);
}

/** The same, of any groups. */
export function groupsAround(
  rule: AlertRule,
  groups: readonly RuleGroup[],
  put: AlertRule = rule,
): RuleGroup[] {
  const needed = new Set<string>();
  const need = (expr: AlertRule["expr"]): void => {
    for (const { metric } of selectorsOf(expr.node)) {
      if (needed.has(metric)) continue;
      needed.add(metric);
      for (const other of groups.flatMap(({ rules }) => rules)) {
        if (!isAlert(other) && other.record === metric) need(other.expr);
      }
    }
  };
  need(rule.expr);
  return groups
    .map((group) => ({
      ...group,
      rules: group.rules.flatMap((other): Rule[] =>
        isAlert(other) ? (sameRule(other, rule) ? [put] : []) : needed.has(other.record) ? [other] : [],
      ),
    }))
    .filter(({ rules }) => rules.length > 0);
}

function sameRule(one: AlertRule, other: AlertRule): boolean {
  return (
    one.alert === other.alert &&
    one.severity === other.severity &&
    JSON.stringify(one.labels) === JSON.stringify(other.labels)
  );
}

/** The scenarios of a case, for promtool. */
export function promtoolTests(
  one: AlertCase,
  settings: TestRuleSettings,
  rule: AlertRule = ruleOf(one, settings),
): PromtoolTest[] {
  const minutes = one.minutes ?? usualMinutes;
  const step = one.step ?? 30;
  const { samplesAfter = 0 } = one;
  // promtool's first sample is at 0: others are put between by samples that are missing.
  const tick = greatestCommonDivisor(step, samplesAfter);
  const before = Array.from({ length: samplesAfter / tick }, () => "_");
  const between = " _".repeat(step / tick - 1);
  const start = minutes.healthy * 60;
  const broken = start + minutes.faulty * 60;
  const end = broken + minutes.mended * 60;
  // The last sample of a phase; the next one is of the next phase.
  const lastFaulty = broken - step;
  const pending = start + Math.max(0, secondsOf(rule.for ?? "0s") - step);
  const firing = { exp_labels: labelsOf(one, settings), exp_annotations: annotationsOf(one, rule, settings) };
  const test = (
    what: string,
    phases: readonly Phase[],
    at: readonly (readonly [
      seconds: number,
      alerts: PromtoolTest["alert_rule_test"][number]["exp_alerts"],
    ])[],
    series: readonly CaseSeries[] = one.series,
    resets?: number,
  ): PromtoolTest => ({
    name: `${one.alert}, ${one.severity}: ${what}`,
    interval: `${String(tick)}s`,
    input_series: series.map((input) => ({
      series: input.series,
      values: [...before, ...valuesOf(input, phases, step, resets).map((value) => value + between)].join(" "),
    })),
    alert_rule_test: at.map(([seconds, alerts]) => ({
      eval_time: `${String(Math.floor(seconds / step) * step)}s`,
      alertname: one.alert,
      exp_alerts: alerts,
    })),
  });
  const during = (from: number, until: number) =>
    Array.from({ length: 20 }, (_, index) => [from + ((until - from) * (index + 1)) / 20, []] as const);
  const hasCounters = one.series.some(({ isCounter }) => isCounter);
  const onNothing = one.firesOnNothing === undefined ? [] : [firing];
  const pendingFor = secondsOf(rule.for ?? "0s") / step;
  const fires = test(
    "fires when it must, not before, and resolves",
    [
      [healthy, minutes.healthy],
      [faulty, minutes.faulty],
      [healthy, minutes.mended],
    ],
    [
      [start - step, []],
      [pending, []],
      [lastFaulty, [firing]],
      [end - step, []],
    ],
  );
  return [
    { ...fires, promql_expr_test: waits(one.alert, pendingFor, minutes.faulty, lastFaulty) },
    test(
      "keeps still at its edge",
      [
        [healthy, minutes.healthy],
        [edge, minutes.faulty],
      ],
      during(start, broken),
    ),
    test("without any series", [], [[broken, onNothing]], []),
    ...(hasCounters
      ? [
          test(
            "keeps still at its edge when counters start again",
            [
              [healthy, minutes.healthy],
              [edge, minutes.faulty],
            ],
            during(start, broken),
            one.series,
            (start + broken) / 2,
          ),
          ...(one.firesWithoutTraffic === undefined
            ? [
                test(
                  "keeps still without traffic",
                  [[faultyWithoutTraffic, minutes.healthy + minutes.faulty]],
                  [[broken, []]],
                ),
              ]
            : []),
        ]
      : []),
  ];
}

function labelsOf(one: AlertCase, { environment }: TestRuleSettings): Readonly<Record<string, string>> {
  return { alertname: one.alert, severity: one.severity, environment, ...one.labels };
}

function annotationsOf(
  one: AlertCase,
  { dashboard }: AlertRule,
  { runbooksUrl, dashboardsUrl }: TestRuleSettings,
): Readonly<Record<string, string>> {
  const variables = Object.entries(dashboard.variables ?? {}).map(
    ([variable, label]) => `var-${variable}=${encodeURIComponent(one.labels[label] ?? "")}`,
  );
  return {
    summary: one.summary,
    description: one.description,
    runbook_url: `${runbooksUrl}/${one.alert}.md`,
    dashboard_url: `${dashboardsUrl}/d/${dashboard.uid}${variables.length > 0 ? "?" : ""}${variables.join("&")}`,
  };
}

/** The samples of a series while all is well and then beyond the edge, one after the other. */
export function faultyValues(series: CaseSeries, { healthy: before, faulty: after }: Minutes, step: number) {
  return valuesOf(
    series,
    [
      [healthy, before],
      [faulty, after],
    ],
    step,
  );
}

type Minutes = Pick<NonNullable<AlertCase["minutes"]>, "healthy" | "faulty">;

/** The samples of a series over all phases, one after the other. */
function valuesOf(series: CaseSeries, phases: readonly Phase[], step: number, resets?: number): string[] {
  const values: string[] = [];
  let count = 0;
  for (const [levelOf, minutes] of phases) {
    const level = levelOf(series);
    const samples = (minutes * 60) / step;
    for (let index = 0; index < samples; index += 1) {
      if (resets !== undefined && values.length * step === resets) count = 0;
      if (level === null) values.push("_");
      else if (typeof level === "function") values.push(String(level(index * step)));
      else if (series.isCounter) values.push(text((count += level * step)));
      else values.push(text(level));
    }
  }
  return values;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}

function text(value: number): string {
  return String(Number(value.toPrecision(12)));
}

/** That the alert was pending in as many evaluations as `for` is long, however late its expression began to hold. */
function waits(
  alert: string,
  evaluations: number,
  minutes: number,
  at: number,
): PromtoolTest["promql_expr_test"] {
  const pending = `ALERTS{alertname="${alert}", alertstate="pending"}[${String(minutes)}m]`;
  return [
    {
      expr: `sum(count_over_time(${pending})) >= bool ${String(evaluations)}`,
      eval_time: `${String(at)}s`,
      exp_samples: evaluations === 0 ? [] : [{ labels: "{}", value: 1 }],
    },
  ];
}
