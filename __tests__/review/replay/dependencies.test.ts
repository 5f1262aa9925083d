import { array, assert, boolean, integer, property, record, uniqueArray } from "fast-check";
import { parse } from "../../../metrics/promql-analysis";
import { Dependencies, looksBack } from "../../../review/replay/dependencies";
import type { ReplayGroup, ReplayRule } from "../../../review/replay/rules";

const group = (name: string): ReplayGroup => ({
  file: "parcels.yml",
  name,
  interval: 60_000,
  queryOffset: 0,
  limit: 0,
});

function rule(
  ofGroup: ReplayGroup,
  index: number,
  kind: "alert" | "record",
  name: string,
  expr: string,
): ReplayRule {
  return {
    group: ofGroup,
    index,
    kind,
    name,
    expr: parse(expr),
    for: 0,
    keepFiringFor: 0,
    labels: {},
    annotations: {},
  };
}

/** Names of the sets in their order; of those that read what was given before, with a sign. */
function ordered(rules: readonly ReplayRule[]): readonly string[] {
  return new Dependencies(rules)
    .inOrder()
    .map(({ rules: all, isCircular }) => all.map(({ name }) => name).join("+") + (isCircular ? "*" : ""));
}

const [one, other] = [group("one"), group("other")];

describe("the order of rules", () => {
  it("has what is read before its readers, in whatever order the rules stand", () => {
    expect(
      ordered([
        rule(one, 0, "alert", "Crowded", "rate:sum > 1"),
        rule(other, 0, "record", "rate", "rate(parcels_total[5m])"),
        rule(other, 1, "record", "rate:sum", "sum(rate)"),
      ]),
    ).toEqual(["rate", "rate:sum", "Crowded"]);
  });

  it("has a rule and a later one of its group that it reads together: it sees what that one gave before", () => {
    const [reader, read] = ["a:b", "b"];
    expect(ordered([rule(one, 0, "record", reader, "b"), rule(one, 1, "record", read, "c")])).toEqual([
      "a:b+b*",
    ]);
    expect(ordered([rule(one, 0, "record", read, "c"), rule(one, 1, "record", reader, "b")])).toEqual([
      "b",
      "a:b",
    ]);
    expect(ordered([rule(one, 0, "record", reader, "b"), rule(other, 1, "record", read, "c")])).toEqual([
      "b",
      "a:b",
    ]);
  });

  it("tells a rule that reads itself", () => {
    expect(
      ordered([
        rule(one, 0, "record", "a", "a offset 1m + 1"),
        rule(one, 1, "alert", "Crowded", 'b or ALERTS{alertname="Crowded"}'),
        rule(one, 2, "alert", "Other", 'ALERTS{alertname="Somebody"}'),
      ]),
    ).toEqual(["a*", "Crowded*", "Other"]);
  });

  it("takes ALERTS without a name, and a selector without one, for all that they may take", () => {
    const alerts = [
      rule(one, 0, "alert", "First", "a"),
      rule(other, 0, "alert", "Second", "b"),
      rule(other, 1, "record", "alerts:count", 'count(ALERTS{alertname=~"F.*"})'),
      rule(other, 2, "record", "all:count", 'count({__name__=~"ALERTS|a"})'),
    ];
    const read = (name: string) =>
      new Dependencies(alerts)
        .readBy(alerts.find((each) => each.name === name) ?? rule(one, 9, "alert", "none", "1"))
        .map((each) => each.name);
    expect(read("alerts:count")).toEqual(["First"]);
    expect(read("all:count")).toEqual(["First", "Second"]);
  });

  it("holds for any rules: each once, after what it reads, together only where they read one another", () => {
    const any = record({
      reads: uniqueArray(integer({ min: 0, max: 7 }), { maxLength: 3 }),
      isOfOne: boolean(),
    });
    assert(
      property(array(any, { minLength: 1, maxLength: 8 }), (all) => {
        const rules = all.map(({ reads, isOfOne }, index) => {
          const read = reads.filter((each) => each < all.length).map((each) => `r${String(each)}`);
          return rule(
            isOfOne ? one : other,
            index,
            "record",
            `r${String(index)}`,
            ["0", ...read].join(" + "),
          );
        });
        // By hand: an edge for each reading, and back where a later rule of the same group is read.
        const reaches = rules.map((_, from) =>
          rules.map((__, to) => {
            const isRead = (reader: number, read: number) => all[reader]?.reads.includes(read) === true;
            const isBack = from > to && isRead(to, from) && rules[from]?.group === rules[to]?.group;
            return isRead(from, to) || isBack;
          }),
        );
        for (const middle of rules.keys())
          for (const from of rules.keys())
            for (const to of rules.keys())
              if (reaches[from]?.[middle] && reaches[middle]?.[to]) (reaches[from] ?? [])[to] = true;
        const sets = new Dependencies(rules).inOrder();
        expect(sets.flatMap((set) => set.rules.map(({ name }) => name)).sort()).toEqual(
          rules.map(({ name }) => name).sort(),
        );
        const placeOf = rules.map((each) => sets.findIndex((set) => set.rules.includes(each)));
        for (const from of rules.keys()) {
          for (const to of rules.keys()) {
            if (from === to || !reaches[from]?.[to]) continue;
            if (reaches[to]?.[from]) expect(placeOf[from]).toBe(placeOf[to]);
            else expect(placeOf[from]).toBeGreaterThan(placeOf[to] ?? NaN);
          }
        }
        for (const { rules: together, isCircular } of sets) {
          const [first] = together;
          expect(isCircular).toBe(
            together.length > 1 || all[first?.index ?? 0]?.reads.includes(first?.index ?? -1),
          );
          expect(together.map(({ index }) => index)).toEqual(together.map(({ index }) => index).sort());
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("how far back an expression looks", () => {
  it.each([
    ["1", 0],
    ["parcels", 300],
    ["parcels offset 1h", 3_900],
    ["parcels offset -1h", 300],
    ["rate(parcels_total[10m])", 600],
    ["rate(parcels_total[10m] offset 1h)", 4_200],
    ["max_over_time(rate(parcels_total[10m])[1h:1m] offset 5m)", 4_500],
    ["max_over_time(parcels[1h:1m])", 3_900],
    ["-parcels + rate(b[1d])", 86_400],
    ["quantile(0.5, rate(b[1d]))", 86_400],
    ["rate(b[1d]) > bool parcels", 86_400],
    ["vector(1)", 0],
    ['label_replace(rate(b[1h]), "x", "y", "z", "")', 3_600],
  ])("%s", (text, seconds) => {
    expect(looksBack(parse(text).expr, 300_000)).toBe(seconds * 1_000);
  });
});
