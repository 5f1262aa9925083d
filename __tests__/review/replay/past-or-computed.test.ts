import type { PastRecord } from "../../../review/past/past";
import { toEvaluate } from "../../../review/replay/past-or-computed";
import { replayRules } from "../../../review/replay/rules";

const header = "groups:\n  - name: parcels\n    rules:\n";
const record = (name: string, expr: string, labels = "") =>
  `      - { record: "${name}", expr: '${expr}'${labels && `, labels: { ${labels} }`} }\n`;
const alert = (name: string, expr: string) => `      - { alert: "${name}", expr: '${expr}' }\n`;

/** The names of what must be evaluated. */
function evaluated(rules: readonly string[], past: readonly Partial<PastRecord>[]): readonly string[] {
  const all = replayRules({ "parcels.yml": header + rules.join("") }, "1m");
  const recorded = past.map(({ name = "", expr = "", labels = {} }) => ({ name, expr, labels }));
  return toEvaluate(all, recorded).map(({ name }) => name);
}

const crowded = alert("Crowded", "rate:sum > 1");
const chain = [record("rate", "rate(parcels_total[5m])"), record("rate:sum", "sum(rate)"), crowded];
const past = [
  { name: "rate", expr: "rate(parcels_total[5m])" },
  { name: "rate:sum", expr: "sum(rate)" },
];

it.each<[string, readonly string[], readonly Partial<PastRecord>[], readonly string[]]>([
  ["alerts alone, where all was recorded as it is", chain, past, ["Crowded"]],
  ["all that they read, where nothing was", chain, [], ["rate", "rate:sum", "Crowded"]],
  ["what the past lacks", chain, past.slice(0, 1), ["rate:sum", "Crowded"]],
  ["what is made of what the past lacks", chain, past.slice(1), ["rate", "rate:sum", "Crowded"]],
  [
    "what was recorded of another expression, and what is made of it",
    chain,
    [{ name: "rate", expr: "rate(parcels_total[1m])" }, ...past.slice(1)],
    ["rate", "rate:sum", "Crowded"],
  ],
  [
    "nothing more where the expression is written otherwise",
    chain,
    [{ name: "rate", expr: "rate( parcels_total[300s] )" }, ...past.slice(1)],
    ["Crowded"],
  ],
  [
    "what was recorded with other labels",
    [record("rate:sum", "sum(b)", "team: depot, a: b"), crowded],
    [{ name: "rate:sum", expr: "sum(b)", labels: { team: "road", a: "b" } }],
    ["rate:sum", "Crowded"],
  ],
  [
    "nothing more for labels in another order",
    [record("rate:sum", "sum(b)", "team: depot, a: b"), crowded],
    [{ name: "rate:sum", expr: "sum(b)", labels: { a: "b", team: "depot" } }],
    ["Crowded"],
  ],
  ["nothing that no alert reads", [record("unread", "sum(b)"), crowded], [], ["Crowded"]],
  [
    "what is made of alerts, which may be others now",
    [record("rate:sum", "count(ALERTS) + 0"), crowded],
    [{ name: "rate:sum", expr: "count(ALERTS) + 0" }],
    ["rate:sum", "Crowded"],
  ],
  [
    "nothing made of alerts that are none of these",
    [record("rate:sum", 'count(ALERTS{alertname="Elsewhere"})'), crowded],
    [{ name: "rate:sum", expr: 'count(ALERTS{alertname="Elsewhere"})' }],
    ["Crowded"],
  ],
  [
    "all rules of a name, where one of them differs",
    [record("rate:sum", "sum(b)", "a: one"), record("rate:sum", "sum(c)", "a: two"), crowded],
    [
      { name: "rate:sum", expr: "sum(b)", labels: { a: "one" } },
      { name: "rate:sum", expr: "sum(d)", labels: { a: "two" } },
    ],
    ["rate:sum", "rate:sum", "Crowded"],
  ],
  [
    "nothing more where rules of a name are the same in another order",
    [record("rate:sum", "sum(b)", "a: one"), record("rate:sum", "sum(c)", "a: two"), crowded],
    [
      { name: "rate:sum", expr: "sum(c)", labels: { a: "two" } },
      { name: "rate:sum", expr: "sum(b)", labels: { a: "one" } },
    ],
    ["Crowded"],
  ],
  [
    "a name of which the past has a rule more: its series are among them",
    [record("rate:sum", "sum(b)"), crowded],
    [
      { name: "rate:sum", expr: "sum(b)" },
      { name: "rate:sum", expr: "sum(c)" },
    ],
    ["rate:sum", "Crowded"],
  ],
  [
    "all rules of a name, where one of them is made of what differs",
    [
      record("b", "new"),
      record("rate:sum", "sum(b)", "a: one"),
      record("rate:sum", "sum(c)", "a: two"),
      crowded,
    ],
    [
      { name: "b", expr: "old" },
      { name: "rate:sum", expr: "sum(b)", labels: { a: "one" } },
      { name: "rate:sum", expr: "sum(c)", labels: { a: "two" } },
    ],
    ["b", "rate:sum", "rate:sum", "Crowded"],
  ],
  [
    "what is read by a selector without a name",
    [record("rate:sum", "sum(b)"), alert("Crowded", '{__name__=~"rate:.*"} > 1')],
    [],
    ["rate:sum", "Crowded"],
  ],
  [
    "what differs only in what fill() puts in",
    [record("rate:sum", "a + fill(0) b"), crowded],
    [{ name: "rate:sum", expr: "a + fill(1) b" }],
    ["rate:sum", "Crowded"],
  ],
])("evaluates %s", (_what, rules, recorded, names) => {
  expect(evaluated(rules, recorded)).toEqual(names);
});
