import { marksOf } from "../../preview/page/prometheus/annotations";
import { prometheusValue } from "../../preview/page/prometheus/interpolation";
import {
  aligned,
  duration,
  milliseconds,
  rateInterval,
  stepOf,
} from "../../preview/page/prometheus/intervals";
import { displayName } from "../../preview/page/prometheus/legend";
import { readVariableQuery } from "../../preview/page/prometheus/variable-query";

describe("a variable's value in a query", () => {
  const several = { multi: true };

  it.each([
    ["one of several", "a.b", "a\\\\.b"],
    ["two", ["a", "b|c"], "(a|b\\\\|c)"],
    ["a path", "/orders/{id}", "/orders/\\\\{id\\\\}"],
    ["a quote", 'a"b', 'a\\"b'],
    ["a backslash", "a\\b", "a\\\\\\\\b"],
  ])("is a regular expression where several may be chosen: %s", (_what, value, written) => {
    expect(prometheusValue(value, several)).toBe(written);
    expect(prometheusValue(value, { includeAll: true })).toBe(written);
  });

  it.each([
    ["a.b", "a.b"],
    ['a="b\\c"', 'a="b\\\\c"'],
  ])("is itself where one is chosen: %s", (value, written) => {
    expect(prometheusValue(value, {})).toBe(written);
  });
});

describe("the step of a query", () => {
  it.each([
    ["what fits the width", { intervalMs: 30_000, rangeMs: 3_600_000, minimumMs: 15_000 }, 30_000],
    ["at least the scrape", { intervalMs: 1_000, rangeMs: 60_000, minimumMs: 15_000 }, 15_000],
    ["times the factor", { intervalMs: 1_000, rangeMs: 60_000, minimumMs: 15_000, factor: 2 }, 30_000],
    ["11,000 points at most", { intervalMs: 1_000, rangeMs: 86_400_000, minimumMs: 1_000 }, 8_000],
  ])("is %s", (_what, input, step) => {
    expect(stepOf(input)).toBe(step);
  });

  it("has both ends of the range on its multiples", () => {
    expect(aligned(61_000, 119_999, 15_000)).toEqual({ from: 60_000, to: 105_000 });
  });

  it("leaves a rate four scrapes, or a scrape beside the step", () => {
    expect([rateInterval(15_000, 15_000), rateInterval(60_000, 15_000)]).toEqual([60_000, 75_000]);
  });

  it.each([
    ["30s", 30_000],
    ["1m30s", 90_000],
    [">10s", 10_000],
    ["500ms", 500],
    ["", undefined],
    ["soon", undefined],
  ])("reads %j", (text, ms) => {
    expect(milliseconds(text)).toBe(ms);
  });

  it("is written as PromQL has it", () => {
    expect([duration(90_000), duration(500)]).toEqual(["90s", "500ms"]);
  });
});

describe("the name of a series", () => {
  const labels = { __name__: "up", job: "a", instance: "b:1" };

  it.each([
    ["{{job}} at {{ instance }}{{none}}", "a at b:1"],
    ["", 'up{job="a", instance="b:1"}'],
    [undefined, 'up{job="a", instance="b:1"}'],
    ["__auto", undefined],
  ])("by %j is %j", (format, name) => {
    expect(displayName(format, labels)).toBe(name);
  });
});

describe("the query of a variable", () => {
  it.each([
    ["label_values(job)", { kind: "label_values", label: "job" }],
    ['label_values(up{a="b, c"}, job)', { kind: "label_values", label: "job", selector: 'up{a="b, c"}' }],
    ["metrics(node_.*)", { kind: "metrics", pattern: "node_.*" }],
    ["query_result(sum(up))", { kind: "query_result", expr: "sum(up)" }],
    ["label_names()", { kind: "unknown" }],
    ["up", { kind: "unknown" }],
  ])("%s", (text, query) => {
    expect(readVariableQuery(text)).toEqual(query);
  });
});

describe("marks on the graphs", () => {
  const labels = { alertname: "HighLatency", severity: "critical", service: "auth" };
  const texts = {
    titleFormat: "{{alertname}}",
    textFormat: "{{severity}}  {{none}} {{service}}",
    tagKeys: "severity, service",
  };

  it("are the stretches without a gap longer than the step, with what they say", () => {
    const points = [
      [0, 1],
      [60, 1],
      [120, 0],
      [240, 1],
      [300, NaN],
    ] as const;
    const told = { title: "HighLatency", text: "critical auth", tags: ["critical", "auth"] };
    expect(marksOf([{ labels, points }], 60, texts)).toEqual([
      { time: 0, timeEnd: 60, ...told },
      { time: 240, timeEnd: 240, ...told },
    ]);
  });
});
