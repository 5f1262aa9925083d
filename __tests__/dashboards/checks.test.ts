import { dashboard, type DashboardOptions } from "../../dashboards/dashboard";
import { heatmapPanel, statPanel, timeseriesPanel, type TimeseriesOptions } from "../../dashboards/panels";
import { labelChoice } from "../../dashboards/variables";
import { max, rate, select, sum, variable } from "../../metrics/promql";
import { dashboardSettings } from "../support/dashboard-settings";
import { problemsOf, reportedProblems } from "../support/definition-problems";

const byService = max(select("up", { service: variable("service") }), { by: ["service"] });
const good: TimeseriesOptions = {
  title: "Up",
  description: "Whether it is up.",
  unit: "percentunit",
  queries: { "{{service}}": byService },
};
const options: DashboardOptions = {
  uid: "a",
  title: "A",
  description: "What is up.",
  settings: dashboardSettings(),
  variables: [],
  rows: [{ panels: [statPanel(good)] }],
};
const panel = (change: object) => () => timeseriesPanel({ ...good, ...change });
const whole = (change: object) => () => dashboard({ ...options, ...change });

it("what is as its type says is taken", () => {
  expect(problemsOf(panel({}))).toEqual([]);
  expect(problemsOf(panel({ unit: "suffix:×", min: "data", limits: { bad: "below", warning: 1 } }))).toEqual(
    [],
  );
  expect(problemsOf(whole({}))).toEqual([]);
});

it("a mistake is told with the line and the panel", () => {
  const [problem] = reportedProblems(panel({ unit: "reqqps" }));
  expect(problem?.place).toMatch(/^__tests__\/dashboards\/checks\.test\.ts:\d+:\d+$/);
  expect(problem?.text).toMatch(/^panel "Up": unit: found "reqqps", allowed: .*; did you mean "reqps"\?$/);
});

it.each<readonly [what: string, make: () => unknown, problem: string]>([
  ["a key", panel({ legned: "a" }), 'panel "Up": legned: found "legned", allowed: one of title, description'],
  ["no title", panel({ title: "" }), 'panel "": title: found "", allowed: a text that is not empty'],
  ["no description", panel({ description: undefined }), "description: found nothing"],
  ["no queries", panel({ queries: undefined }), "queries: found nothing"],
  ["a query as text", panel({ queries: { up: "up" } }), 'queries: "up": found "up", allowed: an expression'],
  ["a dashed one", panel({ dashed: { up: "up" } }), 'dashed: "up": found "up"'],
  [
    "a label in a legend",
    panel({ queries: { "{{servce}}": byService } }),
    'queries: "{{servce}}": label: found "servce", allowed: service; did you mean "service"?',
  ],
  ["a width", panel({ span: 25 }), "span: found 25, allowed: a whole number from 1 to 24"],
  ["a height", panel({ height: 0 }), "height: found 0"],
  ["a limit's key", panel({ limits: { warnin: 1 } }), 'limits: warnin: found "warnin"'],
  ["a limit", panel({ limits: { warning: "1" } }), 'limits: warning: found "1", allowed: a number'],
  ["a limit's side", panel({ limits: { bad: "over" } }), 'limits: bad: found "over", allowed: above, below'],
  ["colours", panel({ colors: { up: 5 } }), "colors: found an object, allowed: texts by name"],
  ["the least value", panel({ min: "0" }), 'min: found "0", allowed: a number, or "data"'],
  ["what is stacked", panel({ stacked: "yes" }), 'stacked: found "yes", allowed: true or false'],
  // @ts-expect-error a number has nothing stacked
  ["another kind's key", () => statPanel({ ...good, stacked: true }), 'stacked: found "stacked"'],
  [
    "the buckets of a heat map",
    // @ts-expect-error they are missing
    () => heatmapPanel({ title: "A", description: "a", unit: "s" }),
    'panel "A": buckets: found nothing',
  ],
  ["a dashboard's uid", whole({ uid: "a b" }), 'dashboard a b: uid: found "a b"'],
  ["a dashboard's key", whole({ tilte: "A" }), 'dashboard a: tilte: found "tilte"'],
  ["its time", whole({ since: "1 hour" }), 'dashboard a: since: found "1 hour"'],
  ["a row's key", whole({ rows: [{ pannels: [] }] }), 'dashboard a: row 1: pannels: found "pannels"'],
  ["a row's panel", whole({ rows: [{ panels: [good] }] }), "dashboard a: row 1: panels: found an object"],
  ["a variable", whole({ variables: ["instance"] }), 'dashboard a: variables: found "instance"'],
  [
    "a variable that is not there",
    whole({
      rows: [{ panels: [statPanel({ ...good, queries: { up: select("up", { job: variable("jbo") }) } })] }],
    }),
    'dashboard a: panel "Up": variable: found "jbo", allowed: datasource, service',
  ],
  [
    "two panels of one title",
    whole({ rows: [{ panels: [statPanel(good), statPanel(good)] }] }),
    'title: found "Up"',
  ],
  ["alerts' labels", whole({ alerts: { servce: "a" } }), 'select(ALERTS): label: found "servce"'],
  [
    "a label of a choice",
    () => labelChoice("instance", "Instance", { label: "instnce" as "instance", series: select("up") }),
    'variable instance: label: found "instnce"',
  ],
  [
    "an expression in it",
    () => statPanel({ ...good, queries: { up: sum(rate(byService as never, "5m")) } }),
    "rate:",
  ],
])("%s is refused", (_, make, problem) => {
  const problems = reportedProblems(make);
  expect(problems.map(({ text }) => text)).toContainEqual(expect.stringContaining(problem));
  for (const { place } of problems) expect(place).toMatch(/^__tests__\/dashboards\/checks\.test\.ts:/);
});
