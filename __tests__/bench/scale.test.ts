import { lineThrough } from "../../bench/scale/line";
import { groupsIn } from "../../bench/scale/measured";
import { between, valueIn } from "../../bench/scale/program-usage";
import { planOf } from "../../bench/scale/size";

describe("npm run bench:scale", () => {
  it("measures the sizes that are asked for, or those of its plan", () => {
    expect(planOf([]).sizes).toHaveLength(3);
    expect(planOf(["--short"]).rounds).toBeLessThan(planOf([]).rounds);
    expect(planOf(["--short", "5x200", "10x300"]).sizes).toEqual([
      { services: 5, seriesPerService: 200 },
      { services: 10, seriesPerService: 300 },
    ]);
  });

  it.each(["--long", "5", "0x100", "5x0", "2000x10", "5x1000000", "axb"])("refuses %s", (argument) => {
    expect(() => planOf([argument])).toThrow(
      `Expected --short or a size such as 100x1000 (services, at most 1000, by series of each, at most 100000), found "${argument}".`,
    );
  });

  it("says what one more costs by the line through what was measured, and how far off that is", () => {
    const straight = lineThrough([
      [1, 15],
      [2, 25],
      [4, 45],
    ]);
    expect(straight.slope).toBeCloseTo(10);
    expect(straight.base).toBeCloseTo(5);
    expect(straight.worst).toBeCloseTo(0);
    const bent = lineThrough([
      [0, 10],
      [1, 10],
      [2, 40],
    ]);
    expect(bent.slope).toBeCloseTo(15);
    // 5, 20 and 35 in place of 10, 10 and 40.
    expect(bent.worst).toBeCloseTo(1);
  });

  it("takes CPU over the time between readings, and the most memory of all of them", () => {
    const readings = [
      { at: 0, cpuSeconds: 3, bytes: 100 },
      { at: 5_000, cpuSeconds: 4, bytes: 300 },
      { at: 10_000, cpuSeconds: 8, bytes: 200 },
    ];
    expect(between(readings)).toEqual({ cores: 0.5, bytes: 300 });
    expect(() => between(readings.slice(0, 1))).toThrow("There is no time between two readings.");
  });

  it("finds a value in what a program says of itself, and says where there is none", () => {
    const text = "# TYPE a gauge\na_more 1\na 1.5e+07\n";
    expect(valueIn(text, "a")).toBe(15_000_000);
    expect(() => valueIn(text, "b")).toThrow("There is no b: it is told on Linux, not on every system.");
  });

  it("knows a group by its file in Prometheus and by its namespace in Cortex", () => {
    const ours = 'x{rule_group="/tmp/rules/http recorded.yml;requests"} 0.5\nx_other{rule_group="a;b"} 1\n';
    const theirs = 'x{rule_group="/rules/anonymous/http%20recorded;requests",user="anonymous"} 2\n';
    expect([...groupsIn(ours, "x")]).toEqual([["http recorded;requests", 0.5]]);
    expect([...groupsIn(theirs, "x")]).toEqual([["http recorded;requests", 2]]);
  });
});
