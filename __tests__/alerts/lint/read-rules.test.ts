import { readRules, type ReadGroup } from "../../../alerts/lint/read-rules";
import { refusedTexts, soundTexts } from "../../support/rule-texts";

function findingsIn(text: string): string[] {
  const read = readRules("rules.yml", text);
  if ("error" in read) throw new Error(read.error);
  return read.findings.map(
    ({ place, group, rule, message }) =>
      `${String(place.line)}:${String(place.column)}: ${group}, ${rule}: ${message}`,
  );
}

function groupsIn(text: string): readonly ReadGroup[] {
  const read = readRules("rules.yml", text);
  if ("error" in read) throw new Error(read.error);
  return read.groups;
}

function errorIn(text: string, file = "rules.yml"): string | undefined {
  const read = readRules(file, text);
  return "error" in read ? read.error : undefined;
}

it.each(soundTexts)("lets pass: $title", ({ text }) => {
  expect(findingsIn(text)).toEqual([]);
});

it.each(refusedTexts)("finds: $title", ({ text, findings }) => {
  expect(findingsIn(text)).toEqual(findings);
});

describe("what Prometheus makes of YAML", () => {
  const rulesOf = (rules: string) =>
    groupsIn(`groups:\n- name: a\n  labels: {team: x, tier: 1}\n  rules:\n${rules}`)[0]?.rules;

  it("takes null for nothing, and other scalars for their text", () => {
    const rule =
      "  - alert: A\n    expr: 1\n    for:\n    labels: {tier: yes, ratio: 1.50, none: ~}\n    annotations: {summary: }\n";
    expect(rulesOf(rule)).toEqual([
      {
        file: "rules.yml",
        group: "a",
        index: 0,
        kind: "alert",
        name: "A",
        expr: "1",
        for: undefined,
        keepFiringFor: undefined,
        labels: { team: "x", tier: "yes", ratio: "1.50" },
        annotations: {},
        place: { line: 5, column: 5 },
      },
    ]);
  });

  it("merges what << names, its own fields over it, and of several the first", () => {
    const rules = [
      "  - &one {alert: A, expr: up, for: 1m, labels: {a: b}}",
      "  - &two {alert: B, expr: down, keep_firing_for: 2m}",
      "  - <<: [*one, *two]",
      "    alert: C",
      "    labels: {c: d}",
    ].join("\n");
    expect(rulesOf(rules)?.[2]).toMatchObject({
      name: "C",
      expr: "up",
      for: "1m",
      keepFiringFor: "2m",
      labels: { team: "x", tier: "1", c: "d" },
    });
    expect(rulesOf(rules)?.[2]?.labels).not.toHaveProperty("a");
  });

  it("follows an alias to the latest anchor of its name", () => {
    const rules =
      '  - {record: a, expr: &e "one"}\n  - {record: b, expr: *e}\n  - {record: c, expr: &e "two"}\n  - {record: d, expr: *e}';
    expect(rulesOf(rules)?.map(({ expr }) => expr)).toEqual(["one", "one", "two", "two"]);
  });

  it("finds what refers to itself", () => {
    expect(findingsIn("groups: &a\n- name: a\n  rules: *a\n")).toEqual([
      "3:10: , : the alias stands within what it refers to",
    ]);
  });

  it("reads the first of several documents, and names the others", () => {
    const text = "groups:\n- name: a\n---\ngroups:\n- name: b\n- name: c\n---\n# nothing\n";
    expect(groupsIn(text).map(({ name }) => name)).toEqual(["a"]);
    expect(findingsIn(text)).toEqual([
      '4:1: , : document 2 (groups "b", "c") is not read: Prometheus takes the first of a file only. Give it a file of its own',
    ]);
  });
});

describe("resources of Kubernetes", () => {
  const resource = (name: string) =>
    [
      "apiVersion: monitoring.coreos.com/v1",
      "kind: PrometheusRule",
      "spec:",
      "  groups:",
      `  - name: ${name}`,
    ].join("\n");
  const rule = "\n    partial_response_strategy: warn\n    rules:\n    - alert: A\n      expr: up\n";

  it("are read in every document, what is of another kind left out", () => {
    const text = `${resource("a")}${rule}\n---\napiVersion: v1\nkind: Service\n---\n${resource("b")}\n`;
    expect(groupsIn(text).map(({ name, rules }) => [name, rules.length])).toEqual([
      ["a", 1],
      ["b", 0],
    ]);
    expect(findingsIn(text)).toEqual([]);
  });

  it.each(["List", "PrometheusRuleList"])("are read in a list of the kind %s", (kind) => {
    const items = ["a", "b"].map((name) => `- ${resource(name).replaceAll("\n", "\n  ")}`);
    const text = `apiVersion: v1\nkind: ${kind}\nitems:\n${items.join("\n")}\n`;
    expect(groupsIn(text).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("may have groups of one name in two resources", () => {
    expect(findingsIn(`${resource("a")}\n---\n${resource("a")}\n`)).toEqual([]);
  });

  it("have the form of rule files within", () => {
    expect(findingsIn(`${resource("a")}\n    rules:\n    - alert: A\n`)).toEqual([
      "7:7: a, A: the rule has no expr",
    ]);
  });
});

describe("what cannot be read as rules", () => {
  it.each([
    ["nothing", "", "is empty: expected groups of rules."],
    ["a comment", "# none\n", "is empty: expected groups of rules."],
    ["a text", "hello", 'is no file of rules: expected the field groups, found "hello".'],
    ["a list", "- a", "is no file of rules: expected the field groups, found a list."],
    [
      "other YAML",
      "version: 2\nupdates: []",
      "is no file of rules: expected the field groups, found a map of version, updates.",
    ],
    [
      "groups of another form",
      "groups: {a: b}",
      "is no file of rules: groups: found a map of a, allowed: a list.",
    ],
    ["broken YAML", "groups:\n- name: 'a\n", "is no YAML: Missing closing 'quote (line 3, column 1)."],
    [
      "other resources",
      "apiVersion: v1\nkind: ConfigMap\n---\napiVersion: v1\nkind: Service\n",
      'has resources of the kind "ConfigMap", "Service" only: expected a PrometheusRule, or a file with groups of rules.',
    ],
    [
      "a chart's template",
      "{{- if .Values.enabled }}\nkind: PrometheusRule\n{{- end }}\n",
      "is a template, as of a Helm chart: lint what `helm template` makes of it.",
    ],
  ])("%s", (_, text, error) => {
    expect(errorIn(text)).toBe(error);
  });

  it.each([
    ["alerts.libsonnet", "{ groups: [] }}"],
    ["alerts.yml", "local utils = import 'utils.libsonnet';\n{ prometheusAlerts+:: {} }"],
  ])("Jsonnet: %s", (file, text) => {
    expect(errorIn(text, file)).toBe(
      "is Jsonnet, from which rules are made: lint what `jsonnet` or `mixtool generate` makes of it.",
    );
  });

  it("what is nested too deep", () => {
    expect(errorIn(`groups: ${"[".repeat(5_000)}`)).toMatch(/^is no YAML: /);
  });
});
