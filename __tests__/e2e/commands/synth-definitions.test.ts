import { type ProjectCopy, restoredCopy } from "../../support/project-copy";
import { synthProgram, writtenBy } from "../../support/synth-program";

const restored = restoredCopy();
/** Of one environment: rules, dashboards and metrics are the same in all. */
const synth = (project: ProjectCopy) => synthProgram(project, { ENVIRONMENT: "local" });

const business = "shop/alerts/business.ts";
const health = "dashboards/service-health.ts";

/** Puts a line of a kind of mistake each into a rule file, a dashboard and the catalogue. */
function plantMistakes(project: ProjectCopy): void {
  const plant = (file: string, from: string, to: string) => {
    project.edit(file, from, to);
  };
  plant(business, 'severity: "critical"', 'severity: "critcal"');
  plant(business, 'select("orders_created_total"), "30m"', 'select("orders_creatd_total"), "30m"');
  plant(business, '"dependency_unavailable", "internal_error"', '"dependency_unavailable", "internal_eror"');
  plant(business, 'summary: "Orders fail', 'sumary: "Orders fail');
  plant(business, 'by: ["service", "product_name"]', 'by: ["service", "product"]');
  plant(business, 'uid: "business-metrics"', 'uid: "busines-metrics"');
  plant(business, "const labels =", 'const refused = select("orders_totl");\nconst labels =');
  plant("alerts/rules/services.ts", 'variables: { service: "service" }', 'variables: { servce: "service" }');
  plant(health, 'unit: "reqps"', 'unit: "reqqps"');
  plant(
    health,
    'select("process_start_time_seconds", chosenService)',
    'select("process_start_time", chosenService)',
  );
  plant(health, "alerts: { service }", "alerts: { servce: service }");
  plant("shop/metrics/order.ts", 'counter("orders_failed_total"', 'counter("orders_failed"');
}

const place = (file: string) => `${file.replace(".", "\\.")}:\\d+:\\d+`;
const expected = [
  `shop/metrics/order.ts:\\d+:\\d+: metric orders_failed: found "orders_failed", allowed: a counter's name ends in _total: orders_failed_total`,
  `${place(business)}: select: found "orders_totl", allowed: .*; did you mean "orders_total"\\?`,
  `${place(business)}: select: found "orders_creatd_total", allowed: .*; did you mean "orders_created_total"\\?`,
  `${place(business)}: min: by: label: found "product", allowed: product_id, product_name, .*`,
  `${business}: alert NoOrders: severity: found "critcal", allowed: critical, warning, none; did you mean "critical"\\?`,
  `${business}: alert OrdersFailing: sumary: found "sumary", allowed: one of alert, .*; did you mean "summary"\\?`,
  `${business}: alert NoOrders: dashboard: uid: found "busines-metrics", allowed: .*; did you mean "business-metrics"\\?`,
  `alerts/rules/services.ts: alert ServiceDown: dashboard: variables: found "servce", allowed: datasource, loki, service, instance; did you mean "service"\\?`,
  `${place(health)}: panel "Requests": unit: found "reqqps", allowed: .*; did you mean "reqps"\\?`,
  `${place(health)}: select: found "process_start_time", allowed: .*`,
  `${place(health)}: select\\(ALERTS\\): label: found "servce", allowed: .*; did you mean "service"\\?`,
];

const mistakes = (
  [
    [
      "no function",
      business,
      ".offset(",
      ".ofset(",
      /^ {2}shop\/alerts\/business\.ts:\d+:\d+: code: found ".*ofset is not a function", allowed: what npm run typecheck takes$/m,
    ],
    [
      "no function while files are loaded",
      health,
      "const up = select(",
      "const up = select.of(",
      /^ {2}dashboards\/service-health\.ts:\d+:\d+: .*select.*\.of is not a function$/m,
    ],
    [
      "a name that is not there",
      business,
      "  unless,\n",
      "  unles,\n",
      /^ {2}shop\/alerts\/business\.ts:\d+:\d+: code: found "unless is not defined", allowed: what npm run typecheck takes$/m,
    ],
    [
      "a file that is not there",
      business,
      'from "../../alerts/text"',
      'from "../../alerts/txet"',
      /^ {2}shop\/alerts\/business\.ts:\d+:\d+: Could not resolve "\.\.\/\.\.\/alerts\/txet"$/m,
    ],
  ] as const
).map(([what, ...mistake]) => ({ what, mistake }));

describe("the program of cdktf.json, with mistakes that a type check sees", () => {
  it("lists them all with their places and leaves what an earlier synth wrote", () => {
    const project = restored();
    expect(synth(project)).toMatchObject({ status: 0, stderr: "" });
    const before = writtenBy(project);
    expect(before?.size).toBeGreaterThan(0);
    plantMistakes(project);
    const { status, stdout, stderr } = synth(project);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    const [heading = "", ...problems] = stderr.trimEnd().split("\n");
    expect(heading).toBe(`${String(problems.length)} problems in the metrics, rules and dashboards:`);
    for (const problem of expected) {
      expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^  ${problem}$`)));
    }
    expect(stderr).not.toMatch(/^\s+at |Error:/m);
    expect(writtenBy(project)).toEqual(before);
  });

  it.each(mistakes)("tells where there is $what", ({ mistake: [file, from, to, line] }) => {
    const project = restored();
    project.edit(file, from, to);
    const { status, stdout, stderr } = synth(project);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toMatch(line);
    expect(stderr).toMatch(/^1 problem in the /);
    expect(stderr).not.toMatch(/^\s+at /m);
    expect(writtenBy(project)).toBeUndefined();
  });
});
