/** A file of rules, and what its form lacks: `place: group, rule: message`, nothing where Prometheus takes it. */
export interface RuleText {
  readonly title: string;
  readonly text: string;
  readonly findings: readonly string[];
}

const alert = (fields: string) => `groups:\n- name: a\n  rules:\n  - alert: A\n    expr: up\n${fields}`;
const record = (fields: string) => `groups:\n- name: a\n  rules:\n  - record: r\n    expr: up\n${fields}`;
const lengths = "allowed: a duration such as 15s or 1m30s";
const ruleFields = "allowed: alert, record, expr, for, keep_firing_for, labels, annotations";

/** Files that Prometheus takes. */
export const soundTexts: readonly RuleText[] = [
  ["no groups", "groups:"],
  ["no rules", "groups:\n- name: a\n  rules:\n- name: b\n  rules: ~\n- name: c"],
  ["null in place of a group and of a rule", "groups:\n-\n- name: a\n  rules:\n  -\n"],
  ["null in place of texts", alert("    for:\n    labels: {a: }\n    annotations:\n      summary:\n")],
  [
    "scalars of other types",
    alert("    labels: {prio: 1, ok: yes, ratio: 1.50, mask: 0x10, day: 2020-01-01}\n"),
  ],
  ["names that are numbers", "groups:\n- name: 1\n  rules:\n  - alert: 2\n    expr: 3\n"],
  [
    "an anchor",
    "groups:\n- name: a\n  rules:\n  - &a\n    alert: A\n    expr: up\n  - <<: *a\n    alert: B\n",
  ],
  ["a duration of nothing", alert("    for: 0\n    keep_firing_for: 0s\n")],
  [
    "fields of a group",
    "groups:\n- name: a\n  interval: 0\n  query_offset: 1m\n  limit: 5\n  labels: {a: b}\n",
  ],
  ["a recording rule for no time", record("    for: 0s\n")],
  ["names in UTF-8", record('    labels: {"a-b": c, é: d}\n')],
  ["comments and a mark before it", "# Rules\n---\ngroups: []\n"],
  [
    "later lines of a text further left",
    alert('    annotations:\n      summary: "one\n      two\n  three"\n'),
  ],
  ["JSON", '{"groups": [{"name": "a", "rules": [{"record": "r", "expr": "up"}]}]}'],
].map(([title = "", text = ""]) => ({ title, text, findings: [] }));

/** Files that Prometheus refuses. */
export const refusedTexts: readonly RuleText[] = (
  [
    [
      "a field of a rule",
      alert("    sumary: x\n"),
      [`6:5: a, A: found the field "sumary", which Prometheus refuses; ${ruleFields}`],
    ],
    [
      "a field of a group",
      "groups:\n- name: a\n  namespace: b\n",
      [
        '3:3: a, : found the field "namespace", which Prometheus refuses; ' +
          "allowed: name, interval, query_offset, limit, labels, rules",
      ],
    ],
    [
      "a field of the file",
      "namespace: b\ngroups: []\n",
      ['1:1: , : found the field "namespace", which Prometheus refuses; allowed: groups'],
    ],
    ["a field twice", alert("    expr: down\n"), ["6:5: , : the field is there twice"]],
    ["no expr", "groups:\n- name: a\n  rules:\n  - alert: A\n", ["4:5: a, A: the rule has no expr"]],
    [
      "an expr of nothing",
      "groups:\n- name: a\n  rules:\n  - alert: A\n    expr:\n",
      ["4:5: a, A: the rule has no expr"],
    ],
    [
      "a list in place of an expr",
      "groups:\n- name: a\n  rules:\n  - alert: A\n    expr: [up]\n",
      ["5:11: a, A: expr: found a list, allowed: a text"],
    ],
    [
      "no name",
      "groups:\n- name: a\n  rules:\n  - expr: up\n",
      ["4:5: a, rule 1: the rule has neither alert nor record"],
    ],
    [
      "two names",
      "groups:\n- name: a\n  rules:\n  - alert: A\n    record: r\n    expr: up\n",
      ["4:5: a, A: the rule has both alert and record; allowed: one of them"],
    ],
    [
      "a rule that is a text",
      "groups:\n- name: a\n  rules: [up]\n",
      [`3:11: a, rule 1: found "up", allowed: the fields ${ruleFields.slice(9)}`],
    ],
    ["a group without a name", "groups:\n- rules: []\n", ["2:3: , : the group has no name"]],
    [
      "two groups of one name",
      "groups:\n- name: a\n- name: a\n",
      ['3:9: a, : the file has another group "a"'],
    ],
    ["for in another form", alert("    for: 5\n"), [`6:10: a, A: for: found "5", ${lengths}`]],
    ["for of an empty text", alert('    for: ""\n'), [`6:10: a, A: for: found "", ${lengths}`]],
    [
      "an interval in another form",
      "groups:\n- name: a\n  interval: 1.5h\n",
      [`3:13: a, : interval: found "1.5h", ${lengths}`],
    ],
    [
      "a limit in another form",
      "groups:\n- name: a\n  limit: few\n",
      ['3:10: a, : limit: found "few", allowed: a whole number'],
    ],
    [
      "labels that are a list",
      alert("    labels: [a]\n"),
      ["6:13: a, A: labels: found a list, allowed: texts by name"],
    ],
    [
      "a label that is a map",
      alert("    labels: {a: {b: c}}\n"),
      ["6:17: a, A: labels.a: found a map of b, allowed: a text"],
    ],
    [
      "a label for the name",
      alert("    labels: {__name__: b}\n"),
      ['6:13: a, A: found the label "__name__", allowed: any other name'],
    ],
    [
      "a recorded name with matchers",
      'groups:\n- name: a\n  rules:\n  - record: r{a="b"}\n    expr: up\n',
      ['4:13: a, r{a="b"}: found "r{a="b"}", allowed: a name; matchers of labels belong into expr'],
    ],
    [
      "what only alerts have",
      record("    for: 1m\n    keep_firing_for: 1m\n    annotations: {summary: x}\n"),
      [
        "6:10: a, r: a recording rule has no for, only alerts do",
        "7:22: a, r: a recording rule has no keep_firing_for, only alerts do",
        "8:18: a, r: a recording rule has no annotations, only alerts do",
      ],
    ],
  ] as const
).map(([title, text, findings]) => ({ title, text, findings }));
