import { checkDashboardLinks } from "../../alerts/dashboard-links";
import type { AlertRule, RuleGroup } from "../../alerts/rule";
import { checkGroups } from "../../alerts/rule-checks";
import { gt, recorded, select, sum, rate } from "../../metrics/promql";
import { problemsOf, reportedProblems } from "../support/definition-problems";

const perService = sum(rate(select("http_requests_total"), "5m"), { by: ["service"] });
const good: AlertRule = {
  alert: "TooMany",
  severity: "warning",
  expr: gt(perService, 1),
  for: "5m",
  summary: "{{ $labels.service }} has too many",
  description: "{{ $value }} of {{ $labels.service }}.",
  dashboard: { uid: "service-health", variables: { service: "service" } },
};
const source = "alerts/rules/a.ts";
const group = (...rules: object[]): RuleGroup => ({ name: "a", source, rules: rules as AlertRule[] });
const record = recorded("service:http_requests:rate5m", perService);

it("rules that are as their types say are taken", () => {
  const other = { ...good, severity: "critical" };
  expect(
    problemsOf(() => checkGroups([group(good, other, { record: record.name, expr: record.expr })])),
  ).toEqual([]);
});

it("a mistake is told with the file and the rule", () => {
  const wrong = group({ ...good, severity: "critcal" });
  expect(reportedProblems(() => checkGroups([wrong]))).toEqual([
    {
      place: source,
      text: 'alert TooMany: severity: found "critcal", allowed: critical, warning, none; did you mean "critical"?',
    },
  ]);
});

it.each<readonly [what: string, rule: object, problem: string]>([
  [
    "a name",
    { ...good, alert: "too_many" },
    'alert too_many: alert: found "too_many", allowed: a name in CamelCase',
  ],
  [
    "an expression as text",
    { ...good, expr: "up == 0" },
    'expr: found "up == 0", allowed: an expression made by',
  ],
  ["no expression", { ...good, expr: undefined }, "expr: found nothing"],
  [
    "a length of time",
    { ...good, for: "5 minutes" },
    'for: found "5 minutes", allowed: a positive whole number',
  ],
  ["another one", { ...good, keepFiringFor: 300 }, "keepFiringFor: found 300"],
  ["labels", { ...good, labels: { team: 5 } }, "labels: found an object, allowed: texts by name"],
  ["a label's name", { ...good, labels: { "a-b": "c" } }, 'labels: found "a-b"'],
  ["a label of every alert", { ...good, labels: { severity: "none" } }, 'labels: found "severity"'],
  ["a value in a label", { ...good, labels: { value: "{{ $value }}" } }, "allowed: no value"],
  [
    "a misspelt key",
    { ...good, summary: undefined, sumary: "a" },
    'sumary: found "sumary", allowed: one of alert',
  ],
  ["no summary", { ...good, summary: "" }, 'summary: found "", allowed: a text of one line'],
  ["no description", { ...good, description: undefined }, "description: found nothing, allowed: a text"],
  [
    "a threshold that is not there",
    { ...good, description: "At most undefined." },
    "a text without undefined",
  ],
  [
    "a label in a text",
    { ...good, summary: "{{ $labels.servce }}" },
    'summary: label: found "servce", allowed: service, alertname, severity, environment; did you mean "service"?',
  ],
  ["no dashboard", { ...good, dashboard: undefined }, "dashboard: found nothing"],
  ["a dashboard's key", { ...good, dashboard: { id: "service-health" } }, "dashboard: id: found"],
  [
    "a label for a variable",
    { ...good, dashboard: { uid: "service-health", variables: { service: "svc" } } },
    'dashboard: variables: label: found "svc"',
  ],
  ["a record's name", { record: "requests", expr: perService }, 'record requests: record: found "requests"'],
  [
    "a record's key",
    { record: record.name, expr: perService, for: "5m" },
    'for: found "for", allowed: one of',
  ],
  ["no rule", { alrt: "TooMany" }, 'alrt: found "alrt", allowed: one of alert'],
])("%s is refused", (_, rule, problem) => {
  expect(problemsOf(() => checkGroups([group(rule)]))).toContainEqual(expect.stringContaining(problem));
});

it("rules and groups that are there twice are refused", () => {
  expect(problemsOf(() => checkGroups([group(good, good)]))).toEqual([
    "alert TooMany: found a second rule of this name and these labels, allowed: one: another label must differ",
  ]);
  expect(problemsOf(() => checkGroups([group(good), group()]))).toEqual([
    'group: found "a", allowed: a name that no other group has',
  ]);
});

it("links to dashboards and variables that are not there are refused", () => {
  const linked = (dashboard: object) => () =>
    checkDashboardLinks(
      [group({ ...good, dashboard })],
      new Map([["service-health", ["service", "instance"]]]),
    );
  expect(problemsOf(linked(good.dashboard))).toEqual([]);
  expect(problemsOf(linked({ uid: "servicehealth" }))).toEqual([
    'alert TooMany: dashboard: uid: found "servicehealth", allowed: service-health; did you mean "service-health"?',
  ]);
  expect(problemsOf(linked({ uid: "service-health", variables: { servce: "service" } }))).toEqual([
    'alert TooMany: dashboard: variables: found "servce", allowed: service, instance; did you mean "service"?',
  ]);
});
