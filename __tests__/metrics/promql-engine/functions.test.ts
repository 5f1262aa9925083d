import fc from "fast-check";
import { labelsOf, storageOf, valuesAt } from "../../support/evaluated";
import { evaluateText, MemoryStorage } from "../../../metrics/promql-engine";
import { quantileOf } from "../../../metrics/promql-engine/floats";

const storage = storageOf({
  // Reset at 40 s.
  sent_total: [0, 10, 20, 5, 15, 25],
  weight: [3, NaN, -2, 8, Infinity, 1],
  twin_one: [1, 1, "stale"],
  twin_two: [null, null, null, 2, 2, 2],
  'took_bucket{le="1"}': [1, 1, 1],
  'took_bucket{le="2"}': [5, 5, 5],
  'took_bucket{le="4"}': [4, 4, 4],
  'took_bucket{le="+Inf"}': [10, 10, 10],
  'path{route="/a/b"}': [1],
});

describe("growth", () => {
  it("goes on behind a reset from what was there", async () => {
    // In (10 s, 60 s] there are 10, 20, 5, 15, 25: 15 - with the reset 35 - of 40 s, of which the ends are 10 s and 0 s away.
    expect(await valuesAt(storage, "increase(sent_total[50s])", [60])).toEqual({ "{}": [(35 * 50) / 40] });
    expect(await valuesAt(storage, "delta(sent_total[50s])", [60])).toEqual({ "{}": [(15 * 50) / 40] });
    expect(await valuesAt(storage, "irate(sent_total[50s])", [40])).toEqual({ "{}": [0.5] });
    expect(await valuesAt(storage, "resets(sent_total[1m])", [60])).toEqual({ "{}": [1] });
  });

  it("is not extrapolated further back than where the counter would be zero", async () => {
    const counter = storageOf({ c: [null, null, null, null, 1, 11] });
    // 10 in 10 s: a second before the first sample it was zero. Half a distance would be 5 s.
    expect(await valuesAt(counter, "increase(c[60s])", [60])).toEqual({ "{}": [11] });
    expect(await valuesAt(counter, "delta(c[60s])", [60])).toEqual({ "{}": [15] });
  });

  it("is nothing of a single sample", async () => {
    expect(await valuesAt(storage, "rate(sent_total[10s])", [60])).toEqual({});
  });
});

describe("extremes and sums over time", () => {
  it("take NaN for the worst of all", async () => {
    expect(await valuesAt(storage, "max_over_time(weight[30s])", [30])).toEqual({ "{}": [3] });
    expect(await valuesAt(storage, "max_over_time(weight[10s])", [20])).toEqual({ "{}": [NaN] });
    expect(await valuesAt(storage, "min_over_time(weight[1m])", [60])).toEqual({ "{}": [-2] });
  });

  it("are the same by running sums as by adding", async () => {
    const long = new MemoryStorage();
    const values = [1e15, 0.1, -1e15, 3e-7, 0, 0, 0, 42.5];
    for (let index = 0; index < 1_000; index++) {
      const value = values[(index * 7) % values.length] ?? NaN;
      long.append({ __name__: "x" }, (index + 1) * 10_000, value);
    }
    // In a window of 400 samples each value is 50 times.
    const sum = 50 * values.reduce((one, other) => one + other, 0);
    const exact = 50 * (0.1 + 3e-7 + 42.5);
    expect(sum).not.toBeCloseTo(exact, 6);
    const { "{}": [found = null] = [] } = await valuesAt(long, "sum_over_time(x[4000s])", [9_000]);
    expect(Math.abs((found ?? NaN) / exact - 1)).toBeLessThan(1e-9);
    const { "{}": [mean = null] = [] } = await valuesAt(long, "avg_over_time(x[4000s])", [9_000]);
    expect(Math.abs(((mean ?? NaN) * 400) / exact - 1)).toBeLessThan(1e-9);
  });
});

describe("names", () => {
  it("go with what makes another thing of a metric, and stay with what only chooses", async () => {
    expect(Object.keys(await valuesAt(storage, "sent_total * 2", [10]))).toEqual(["{}"]);
    expect(Object.keys(await valuesAt(storage, "sent_total < 1", [10]))).toEqual(["sent_total"]);
    expect(Object.keys(await valuesAt(storage, "sent_total < bool 1", [10]))).toEqual(["{}"]);
    expect(Object.keys(await valuesAt(storage, "last_over_time(sent_total[1m])", [10]))).toEqual([
      "sent_total",
    ]);
    expect(Object.keys(await valuesAt(storage, "sum by (__name__) (sent_total)", [10]))).toEqual([
      "sent_total",
    ]);
  });

  it("that go must not leave two series with the same labels", async () => {
    const twins = '{__name__=~"twin_.*"}';
    const refused = "vector cannot contain metrics with the same labelset";
    // They are never there at the same time: Prometheus lets that be with a sign, not with a function of a range.
    expect(await valuesAt(storage, `-${twins}`, [10, 40])).toEqual({ "{}": [-1, -2] });
    await expect(valuesAt(storage, `rate(${twins}[1m])`, [20, 60])).rejects.toThrow(refused);
    expect(await valuesAt(storage, `count_over_time(${twins}[5s])`, [20, 40], { instants: true })).toEqual({
      "{}": [1, 1],
    });
  });
});

describe("labels and histograms", () => {
  it("label_replace puts groups in, where the whole value matches", async () => {
    const replace = 'label_replace(path, "first", "$1-${two}-$$", "route", "/(.)/(?P<two>.)")';
    expect(Object.keys(await valuesAt(storage, replace, [10]))).toEqual([
      'path{first="a-b-$", route="/a/b"}',
    ]);
    const partial = 'label_replace(path, "first", "x", "route", "/a")';
    expect(Object.keys(await valuesAt(storage, partial, [10]))).toEqual(['path{route="/a/b"}']);
  });

  it("a bucket with less than the one before counts as having as much", async () => {
    // Half of 10 is 5, which is reached in the bucket from 1 to 2: there are 1 and 5.
    expect(await valuesAt(storage, "histogram_quantile(0.5, took_bucket)", [10])).toEqual({ "{}": [2] });
    expect(await valuesAt(storage, "histogram_quantile(0.9, took_bucket)", [10])).toEqual({ "{}": [4] });
    expect(await valuesAt(storage, "histogram_quantile(2, took_bucket)", [10])).toEqual({ "{}": [Infinity] });
    expect(await valuesAt(storage, "histogram_fraction(1, 1.5, took_bucket)", [10])).toEqual({ "{}": [0.2] });
  });

  it("absent has the labels that are asked for", async () => {
    const text = 'absent(gone{depot="a", site!="x", job="p", job="q"})';
    expect(await valuesAt(storage, text, [10, 20])).toEqual({ '{depot="a"}': [1, 1] });
    expect(await valuesAt(storage, "absent(sent_total)", [0, 10])).toEqual({ "{}": [1, null] });
    expect(await valuesAt(storage, "absent_over_time(sent_total[10s])", [60, 70])).toEqual({
      "{}": [null, 1],
    });
  });
});

describe("numbers and dates", () => {
  it.each([
    ["1 ^ NaN", 1],
    // A sign binds less than a power.
    ["-1 ^ 2", -1],
    ["-2 ^ 2 ^ 3", -256],
    ["4 * -2 ^ 2", -16],
    ["2 ^ -1 ^ 2", 0.5],
    ["(-2) ^ 2", 4],
    ["+2 ^ 2", 4],
    ["-7 % 3", -1],
    ["scalar(sent_total)", 0],
    ["scalar(nothing)", NaN],
    ["10 == bool 10", 1],
    ["2 * pi()", 2 * Math.PI],
  ])("%s", async (text, value) => {
    expect(await valuesAt(storage, text, [10])).toEqual({ "{}": [value] });
  });

  it.each([
    ["day_of_week(vector(0))", 4],
    ["days_in_month(vector(951782400))", 29],
    ["day_of_year(vector(-86400))", 365],
    ["hour(vector(-1))", 23],
    ["year(vector(1e15))", 31_690_708],
    // As Go has it.
    ["year(vector(NaN))", 292_277_026_596],
    ["minute()", 1],
    ["clamp(vector(5), 3, 1)", undefined],
    ["round(vector(-2.5))", -2],
  ])("%s", async (text, value) => {
    expect(await valuesAt(storage, text, [60])).toEqual(value === undefined ? {} : { "{}": [value] });
  });
});

it.each([
  ["histogram_count(weight)", "histogram_count() is not supported"],
  ["info(weight)", "info() is not supported"],
  ["limit_ratio(0.5, weight)", "limit_ratio() is not supported"],
  ["rate(weight[1m] anchored)", "not supported"],
  ["weight[1m]", "a range of samples is no result"],
  ["rate(weight)", 'expected type range vector in call to function "rate", got instant vector'],
])("%s is refused, not guessed", async (text, reason) => {
  await expect(valuesAt(storage, text, [10])).rejects.toThrow(reason);
});

it("asks whoever may answer from the outside in, at the times at which a part is evaluated", async () => {
  const asked: string[] = [];
  const text = "sum(rate(sent_total[1m])) + max_over_time(weight[20s:10s])";
  const steps = { from: 60_000, to: 60_000, step: 1 };
  const results = await evaluateText(text, steps, {
    storage,
    resolve: (expr, { from, to, step }) => {
      asked.push(`${text.slice(expr.from, expr.to)} ${String([from, to, step])}`);
      const isKnown = expr.kind === "aggregation";
      const answer = { labels: labelsOf(""), values: Float64Array.of(100), present: Uint8Array.of(1) };
      return Promise.resolve(isKnown ? [answer] : undefined);
    },
  });
  expect(asked).toEqual([
    `${text} 60000,60000,1`,
    "sum(rate(sent_total[1m])) 60000,60000,1",
    "max_over_time(weight[20s:10s]) 60000,60000,1",
    "weight 50000,60000,10000",
  ]);
  expect(results.map(({ values }) => [...values])).toEqual([[Infinity]]);
});

it("a quantile is the same of few values and of many, with NaN as the smallest", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.double(), fc.constant(NaN), fc.integer({ min: -3, max: 3 })), {
        minLength: 1,
        maxLength: 130,
      }),
      fc.integer({ min: 0, max: 129 }),
      (values, at) => {
        const ascending = [...values].sort((one, other) =>
          Number.isNaN(one)
            ? Number.isNaN(other)
              ? 0
              : -1
            : Number.isNaN(other) || one > other
              ? 1
              : one < other
                ? -1
                : 0,
        );
        const index = at % values.length;
        fc.pre(Number.isFinite(ascending[index]));
        // Exactly at a value, so that the next one has no weight, unless it is not finite.
        fc.pre(index === values.length - 1 || Number.isFinite(ascending[index + 1]));
        const quantile = values.length === 1 ? 0 : index / (values.length - 1);
        const rank = quantile * (values.length - 1);
        fc.pre(rank === index);
        expect(quantileOf(quantile, Float64Array.from(values))).toBeCloseTo(ascending[index] ?? NaN, 9);
      },
    ),
  );
});
