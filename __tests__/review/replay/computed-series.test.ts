import { array, assert, asyncProperty, constantFrom, integer, option, tuple } from "fast-check";
import { parse } from "../../../metrics/promql-analysis";
import { evaluate, type Evaluated, type Labels, type Steps } from "../../../metrics/promql-engine";
import { ComputedSeries } from "../../../review/replay/computed-series";

const step = 60_000;
const begin = Date.UTC(2026, 0, 5);
const timeOf = (index: number) => begin + index * step;
const rule = { name: "parcels:waiting", labels: { team: "depot", door: "" } };

function stepsOf(from: number, count: number): Steps {
  return { from: timeOf(from), to: timeOf(from + count - 1), step };
}

/** The values of a column; undefined where it has none. */
const valuesOf = ({ values, present }: Evaluated) =>
  Array.from(values, (value, index) => (present[index] === 1 ? value : undefined));

/** What a selector gives at some times, by the labels that are named. */
async function asked(series: ComputedSeries, text: string, steps: Steps) {
  const { expr } = parse(text);
  const columns = await evaluate(expr, steps, { storage: series, lookback: 300_000, text });
  return columns.map((column) => ({ labels: column.labels, values: valuesOf(column) }));
}

function column(labels: Labels, values: readonly (number | undefined)[]): Evaluated {
  return {
    labels,
    values: Float64Array.from(values, (value) => value ?? 0),
    present: Uint8Array.from(values, (value) => (value === undefined ? 0 : 1)),
  };
}

it("what is recorded gives the same again at its times, in whatever pieces it was recorded", async () => {
  const value = option(constantFrom(0, 1, NaN, Infinity), { nil: undefined, freq: 2 });
  const given = array(tuple(value, value), { minLength: 1, maxLength: 20 });
  const lengths = array(integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 5 });
  await assert(
    asyncProperty(given, lengths, async (columns, pieces) => {
      const series = new ComputedSeries();
      for (let at = 0, turn = 0; at < columns.length; turn += 1) {
        const part = columns.slice(at, at + (pieces[turn % pieces.length] ?? 1));
        const some = ["north", "south"].map((centre, index) =>
          column(
            { centre, door: "east" },
            part.map((both) => both[index]),
          ),
        );
        // Prometheus leaves out a series without any sample.
        series.recorded(
          rule,
          stepsOf(at, part.length),
          some.filter(({ present }) => present.includes(1)),
        );
        at += part.length;
      }
      const found = await asked(series, "parcels:waiting", stepsOf(0, columns.length));
      const expected = ["north", "south"].flatMap((centre, index) => {
        const values = columns.map((both) => both[index]);
        const labels = { __name__: "parcels:waiting", centre, team: "depot" };
        return values.every((each) => each === undefined) ? [] : [{ labels, values }];
      });
      expect(found).toEqual(expected);
    }),
    { numRuns: 150 },
  );
});

it("what was recorded before evaluations that were missed goes on", async () => {
  const series = new ComputedSeries();
  series.recorded(rule, stepsOf(0, 1), [column({ centre: "north" }, [1])]);
  series.recorded(rule, stepsOf(3, 2), [column({ centre: "north" }, [2, undefined])]);
  const [only] = await asked(series, "parcels:waiting", stepsOf(0, 6));
  expect(only?.values).toEqual([1, 1, 1, 2, undefined, undefined]);
});

it("no evaluation ends nothing", async () => {
  const series = new ComputedSeries();
  series.recorded(rule, stepsOf(0, 1), [column({ centre: "north" }, [1])]);
  series.recorded(rule, stepsOf(1, 0), []);
  const [only] = await asked(series, "parcels:waiting", stepsOf(0, 3));
  expect(only?.values).toEqual([1, 1, 1]);
});

it("two rules of a name end each its own series only", async () => {
  const series = new ComputedSeries();
  const [first, second] = [
    { name: "parcels:waiting", labels: { team: "depot" } },
    { name: "parcels:waiting", labels: { team: "road" } },
  ];
  series.recorded(first, stepsOf(0, 1), [column({}, [1])]);
  series.recorded(second, stepsOf(0, 1), [column({}, [2])]);
  series.recorded(first, stepsOf(1, 1), []);
  expect(await asked(series, "parcels:waiting", stepsOf(1, 1))).toEqual([
    { labels: { __name__: "parcels:waiting", team: "road" }, values: [2] },
  ]);
});

it("two series that become one are refused with the time, and nothing is taken", () => {
  const series = new ComputedSeries();
  const both = ["east", "west"].map((door) => column({ door }, [1, door === "east" ? undefined : 2]));
  const colliding = () => {
    series.recorded(rule, stepsOf(1, 2), [...both, column({ door: "north" }, [undefined, 3])]);
  };
  expect(colliding).toThrow(expect.objectContaining({ name: "DuplicateError", time: timeOf(1) }) as Error);
  expect(series.names).toEqual([]);
});

describe("an alert's series", () => {
  const labels = { alertname: "Crowded", centre: "north" };

  it("are there while it is pending and fires, and are over with it", async () => {
    const series = new ComputedSeries();
    const since = { labels, activeAt: timeOf(0) + 400 };
    series.alerted({ ...since, state: "pending", from: timeOf(0), to: timeOf(1), isOver: true }, step);
    series.alerted({ ...since, state: "firing", from: timeOf(2), to: timeOf(3), isOver: false }, step);
    series.alerted({ ...since, state: "firing", from: timeOf(4), to: timeOf(4), isOver: true }, step);
    const steps = stepsOf(0, 7);
    const [none, one] = [undefined, 1];
    expect(await asked(series, "ALERTS", steps)).toEqual(
      expect.arrayContaining([
        {
          labels: { __name__: "ALERTS", ...labels, alertstate: "pending" },
          values: [one, one, none, none, none, none, none],
        },
        {
          labels: { __name__: "ALERTS", ...labels, alertstate: "firing" },
          values: [none, none, one, one, one, none, none],
        },
      ]),
    );
    const seconds = Math.floor(timeOf(0) / 1_000);
    expect(await asked(series, "ALERTS_FOR_STATE", steps)).toEqual([
      {
        labels: { __name__: "ALERTS_FOR_STATE", ...labels },
        values: [seconds, seconds, seconds, seconds, seconds, none, none],
      },
    ]);
  });

  it("of one that is pending only are over with it, too", async () => {
    const series = new ComputedSeries();
    const span = { labels, activeAt: timeOf(0), state: "pending", from: timeOf(0), to: timeOf(1) } as const;
    series.alerted({ ...span, isOver: true }, step);
    for (const name of ["ALERTS", "ALERTS_FOR_STATE"]) {
      const [only] = await asked(series, name, stepsOf(0, 4));
      expect(only?.values.map((value) => value !== undefined)).toEqual([true, true, false, false]);
    }
  });
});
