import { LabelAnalysis, LabelSet, nodesOf, parse } from "../../../metrics/promql-analysis";

const known: Readonly<Record<string, LabelSet>> = {
  a: LabelSet.of("job", "instance"),
  b: LabelSet.of("job", "pod"),
  h_bucket: LabelSet.of("job", "le"),
};
const analysis = new LabelAnalysis((name) => known[name] ?? LabelSet.any);

function labelsOf(text: string): readonly string[] | undefined {
  return analysis.of(parse(text).expr).known;
}

describe("label analysis", () => {
  it.each([
    ["a", ["job", "instance"]],
    ["sum(a)", []],
    ["sum by (job, nothing) (a)", ["job"]],
    ["sum without (job) (a)", ["instance"]],
    ["sum by (x) (foreign)", ["x"]],
    ["topk(3, a)", ["job", "instance"]],
    ["limit_ratio(0.1, a)", ["job", "instance"]],
    ['count_values("version", a)', ["version"]],
    ['count_values by (job) ("version", a)', ["job", "version"]],
    ["histogram_quantile(0.9, h_bucket)", ["job"]],
    ['label_replace(a, "site", "$1", "instance", "(.*)")', ["job", "instance", "site"]],
    ['info(a, {version=~".+"})', ["job", "instance", "version"]],
    ["a or b", ["job", "instance", "pod"]],
    ['a or absent(x{zone="z"})', ["job", "instance", "zone"]],
    ['absent(x{zone="z", job=~"a|b"})', ["zone"]],
    ["a unless b", ["job", "instance"]],
    ["a and on (job) b", ["job", "instance"]],
    ["a / on (job) b", ["job"]],
    ["a / ignoring (instance, pod) b", ["job"]],
    ["a * on (job) group_left (version) b", ["job", "instance", "version"]],
    ["a * on (job) group_right (version) b", ["job", "pod", "version"]],
    ["1 - a", ["job", "instance"]],
    ["max_over_time(a[5m:1m])", ["job", "instance"]],
    ["vector(1)", []],
    ["time()", []],
  ])("of %s", (text, labels) => {
    expect([...(labelsOf(text) ?? ["unknown"])].sort()).toEqual([...labels].sort());
  });

  it.each(["foreign", "sum without (pod) (foreign)", "info(a)", '{__name__=~"a.*"}', "a or foreign"])(
    "leaves open what %s has",
    (text) => {
      expect(labelsOf(text)).toBeUndefined();
    },
  );

  it("knows what is surely gone of a metric that nobody knows", () => {
    const labels = analysis.of(parse("sum without (pod) (foreign)").expr);
    expect([labels.has("pod"), labels.has("job")]).toEqual([false, true]);
  });

  it("takes a union for one of series with labels of their own", () => {
    expect(analysis.of(parse("sum by (job) (a) or sum by (pod) (b)").expr).isUniform).toBe(false);
    expect(analysis.of(parse("sum by (job) (a) or sum by (job) (b)").expr).isUniform).toBe(true);
  });

  it("finds the selectors in order", () => {
    expect(nodesOf(parse("a + rate(b[5m]) * c").expr, "selector").map(({ name }) => name)).toEqual([
      "a",
      "b",
      "c",
    ]);
  });
});
