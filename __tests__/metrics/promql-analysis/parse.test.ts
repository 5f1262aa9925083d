import fc from "fast-check";
import { nodesOf, parse, partsOf, textAt } from "../../../metrics/promql-analysis";
import { refused, taken, takenWithFlags } from "../../support/promql-verdicts";

describe("parse", () => {
  it.each(taken)("finds nothing in %j", (text) => {
    expect(parse(text).problems).toEqual([]);
  });

  it.each(takenWithFlags)("finds no problem in %j, but that it needs a flag", (text) => {
    const { problems, features } = parse(text);
    expect(problems).toEqual([]);
    expect(features).not.toEqual([]);
  });

  it.each(refused)("refuses %j", (text) => {
    expect(parse(text).problems).not.toEqual([]);
  });

  it("says what is wrong in Prometheus's words, and where", () => {
    expect(parse("sum(rate(x)) > 0").problems).toEqual([
      {
        message: 'expected type range vector in call to function "rate", got instant vector',
        from: 9,
        to: 10,
      },
    ]);
    expect(parse("sum(a, b)").problems).toEqual([
      {
        message: "wrong number of arguments for aggregate expression provided, expected 1, got 2",
        from: 0,
        to: 9,
      },
    ]);
    expect(parse("up == ").problems).toMatchObject([{ message: "unexpected end of input" }]);
  });

  it("never throws, whatever the text", () => {
    const words = fc.constantFrom(
      ...'sum by ( ) { } [ ] a b:c = =~ "x" 5m 1. + - offset @ end() : , # \n rate or on'.split(" "),
    );
    const broken = fc.array(words, { maxLength: 12 }).map((all) => all.join(" "));
    fc.assert(
      fc.property(fc.oneof(broken, fc.string()), (text) => {
        expect(parse(text).text).toBe(text);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    "sum(".repeat(20_000) + "x" + ")".repeat(20_000),
    `x${" + x".repeat(20_000)}`,
    "(".repeat(20_000),
  ])("claims nothing of what is nested too deeply", (text) => {
    expect(parse(text).expr.kind).toBe("unknown");
  });

  it("reads a long expression to its end", () => {
    const text = `${"sum(rate(some_long_metric_name_total[5m])) + ".repeat(300)}rate(x)`;
    expect(parse(text).problems).toHaveLength(1);
  });

  it.each([
    ["up[300]", 300],
    ["up[5m * 2]", 600],
    ["up[1h30m]", 5400],
    ["up[max_of(5m, 600)]", 600],
    ["up[step()]", undefined],
  ])("reads the range of %s", (text, seconds) => {
    expect(nodesOf(parse(text).expr, "selector")[0]?.range?.seconds).toBe(seconds);
  });

  it.each([
    ["up offset +1h", 3600],
    ["up offset -1h", -3600],
    ["up offset 90", 90],
  ])("reads %s", (text, seconds) => {
    expect(nodesOf(parse(text).expr, "selector")[0]?.offset?.seconds).toBe(seconds);
  });

  it("gives an offset to what it stands behind", () => {
    const [a, b] = nodesOf(parse("a < b offset 1d").expr, "selector");
    expect([a?.offset, b?.offset?.seconds]).toEqual([undefined, 86400]);
  });

  it("knows the name of a selector wherever it stands", () => {
    const names = ["up", '{__name__="up"}', '{"up"}'].map(
      (text) => nodesOf(parse(text).expr, "selector")[0]?.name,
    );
    expect(names).toEqual(["up", "up", "up"]);
  });

  it("tells where a part stands, comments before it or not", () => {
    const parsed = parse("# idle\nup # now\n== 0");
    expect(partsOf(parsed.expr).map(({ node }) => textAt(parsed, node))).toEqual([
      "up # now\n== 0",
      "up",
      "0",
    ]);
  });
});
