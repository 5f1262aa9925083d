import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { checkRules } from "../../alerts/lint/lint";
import { severitiesOf } from "../../constructs/cloudwatch/alarm-kind";
import { namedAlarmKinds } from "../../constructs/cloudwatch/alarm-kinds";
import { familyOf } from "../../metrics/families";
import { alertsOf } from "../support/rule-cases";
import { renderRuleFiles, ruleSettings } from "../support/rule-settings";
import { catalogue } from "../support/system";

const folder = join(__dirname, "../../docs/runbooks");
const headings = ["What it means", "What users feel", "How to look", "How to mend", "When to silence"];
/** The alerts of the rules, and the alarms of CloudWatch. */
const told = [
  ...alertsOf(ruleSettings),
  ...namedAlarmKinds.flatMap(({ name, kind }) =>
    severitiesOf(kind).map((severity) => ({ alert: name, severity })),
  ),
];
const alerts = [...new Set(told.map(({ alert }) => alert))];

function sectionsOf(text: string): Map<string, string> {
  const [, ...parts] = text.split(/^## /m);
  return new Map(parts.map((part) => [part.split("\n", 1)[0] ?? "", part.slice(part.indexOf("\n")).trim()]));
}

describe("runbooks", () => {
  it("are there for every alert and every alarm, and for nothing else", () => {
    const names = readdirSync(folder).map((file) => file.replace(/\.md$/, ""));
    expect(names.sort()).toEqual([...alerts].sort());
  });

  it.each(alerts)("%s says everything, and no empty form", (alert) => {
    const text = readFileSync(join(folder, `${alert}.md`), "utf8");
    expect(text.startsWith(`# ${alert}\n`)).toBe(true);
    const severities = new Set(told.flatMap((each) => (each.alert === alert ? [each.severity] : [])));
    const head = text.slice(0, text.indexOf("## "));
    for (const severity of severities) expect(head).toContain(severity);
    const sections = sectionsOf(text);
    expect([...sections.keys()]).toEqual(headings);
    for (const [heading, body] of sections) {
      expect(`${heading}: ${body}`).not.toMatch(/TODO|TBD|lorem/i);
      expect(body.split(/\s+/).length).toBeGreaterThan(6);
    }
    // Something to type, and more than one way out.
    expect(sections.get("How to look")).toMatch(/`[^`]{8,}`/);
    expect(sections.get("How to mend")?.match(/^- /gm)?.length).toBeGreaterThan(1);
  });

  it("have no section that another one has, too", () => {
    const bodies = alerts.flatMap((alert) =>
      [...sectionsOf(readFileSync(join(folder, `${alert}.md`), "utf8")).values()].map((body) =>
        body.toLowerCase(),
      ),
    );
    expect(bodies.filter((body, index) => bodies.indexOf(body) !== index)).toEqual([]);
  });

  it("name no alert that is not there", () => {
    const named = alerts.flatMap((alert) =>
      [...readFileSync(join(folder, `${alert}.md`), "utf8").matchAll(/alertname=(\w+)/g)].map(
        ([, name]) => name ?? "",
      ),
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((name) => !alerts.includes(name))).toEqual([]);
  });
});

/** What a person pastes into Prometheus: the pieces of code that name a series, on one line each. */
function queriesOf(text: string): string[] {
  // Whole blocks are of shells and of CloudWatch.
  const code = [...text.replace(/^ *```[\s\S]*?^ *```$/gm, "").matchAll(/`([^`]+)`/g)].map(([, piece]) =>
    (piece ?? "").replace(/\s+/g, " "),
  );
  const isQuery = (piece: string) =>
    /[a-z_:]\w*\{[\w~"=]|\b(?:rate|sum|max|min|count|increase|topk|sort)\b ?(?:by|\()/.test(piece) &&
    !/^(?:docker|curl|sudo|aws|for|amtool|npm)\b|^[{$.]/.test(piece);
  // What stands for a name is one.
  return code.filter(isQuery).map((query) => query.replace(/<(\w+)>/g, "$1"));
}

describe("queries in runbooks", () => {
  const queries = readdirSync(folder).flatMap((file) =>
    queriesOf(readFileSync(join(folder, file), "utf8")).map((query) => [file, query] as const),
  );
  // Recorded series come with their rules.
  const ruleFiles = renderRuleFiles(ruleSettings);
  const known = new Set(
    Object.values(ruleFiles).flatMap((text) => [...text.matchAll(/record: (\S+)/g)].map(([, name]) => name)),
  );
  // Each query is a rule of its own; one check of them all, as it reads our rules, too.
  const rules = queries.map(([, expr], index) => ({ record: `runbook:query:${String(index)}`, expr }));
  const names = rules.map(({ record }) => record);
  const findings = checkRules(
    { ...ruleFiles, "runbook.yml": stringify({ groups: [{ name: "runbook", rules }] }) },
    { scrapeInterval: "15s", retention: "31d", catalogue, features: [], readElsewhere: names },
  ).filter(({ file }) => file === "runbook.yml");

  it("are found: most runbooks have one", () => {
    expect(queries.length).toBeGreaterThan(30);
  });

  it.each(queries.map((query, index) => [...query, index] as const))(
    "of %s are PromQL, of metrics and labels that there are: %s",
    (_, query, index) => {
      const ofThis = findings.filter(({ rule }) => rule === names[index] || !names.includes(rule));
      expect(ofThis.map(({ message }) => message)).toEqual([]);
      const read = [...query.matchAll(/([a-z_:][\w:]*)(?=[{[])/gi)].map(([, name]) => name ?? "");
      expect(read.filter((name) => !known.has(name) && familyOf(catalogue, name) === undefined)).toEqual([]);
    },
  );
});

it("links and files that runbooks name are there", () => {
  const root = join(folder, "../..");
  const named = readdirSync(folder).flatMap((file) =>
    [
      ...readFileSync(join(folder, file), "utf8").matchAll(
        /`((?:docs|alerts|environments|metrics)\/[\w./-]+\.(?:md|ts))`/g,
      ),
    ].map(([, path]) => path ?? ""),
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});
