import { MemoryStorage } from "../../../metrics/promql-engine";
import { StoredPast } from "../../../review/past/stored-past";
import { replayVersions } from "../../../review/replay/replay-versions";

const minute = 60_000;
const begin = Date.UTC(2026, 0, 5);
/** Longer than a piece of a replay. */
const count = 40 * 60;

/** A load of one parcel centre that rises and falls, with gaps. */
function load(seed: number): readonly (number | undefined)[] {
  let state = seed;
  const random = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  let value = 50;
  return Array.from({ length: count }, (_, index) => {
    value += (50 - value) * 0.05 + (random() - 0.5) * 24;
    // Quiet for long in between.
    if (Math.floor(index / 400) % 2 === 1) return 10;
    return random() < 0.03 ? undefined : Math.round(value);
  });
}

function pastOf(values: readonly (number | undefined)[]): StoredPast {
  const places = values.flatMap((value, index) => (value === undefined ? [] : [index]));
  const labels = { __name__: "parcels_waiting", centre: "north" };
  const storage = new MemoryStorage([
    {
      labels,
      times: Float64Array.from(places, (index) => begin + index * minute),
      values: Float64Array.from(places, (index) => values[index] ?? NaN),
      // Where a scrape is missing it is there no more.
      staleAt: values.flatMap((value, index) => (value === undefined ? [begin + index * minute] : [])),
    },
  ]);
  return new StoredPast({ name: "samples", storage, from: begin, to: begin + (count - 1) * minute });
}

/** It begins above 70 and goes on above 40: what it was the minute before says which of both counts. */
const rules = `groups:
  - name: parcels
    interval: 1m
    rules:
      - alert: Crowded
        expr: parcels_waiting > 70 or parcels_waiting > 40 and on (centre) ALERTS{alertname="Crowded"}
      - alert: StillCrowded
        expr: ALERTS{alertname="Crowded"} unless on () ALERTS{alertname="StillCrowded"} > 1
        for: 5m
`;

/** Evaluations from beginnings to ends, computed without any rules. */
function expected(values: readonly (number | undefined)[]): readonly (readonly number[])[] {
  const spans: number[][] = [];
  let isOn = false;
  for (const [index, value = -1] of values.entries()) {
    // What was written the minute before is looked at, and of one that ended, that it did.
    const next: boolean = value > 70 || (value > 40 && isOn);
    if (next && !isOn) spans.push([index]);
    if (!next && isOn) spans.at(-1)?.push(index);
    isOn = next;
  }
  return spans;
}

it.each([1, 2, 3, 4, 5])("an alert that reads itself, with samples of the seed %d", async (seed) => {
  const values = load(seed);
  const past = pastOf(values);
  const version = { ruleFiles: { "parcels.yml": rules }, evaluationInterval: "1m", externalLabels: {} };
  const [replayed] = await replayVersions([version], past, { from: begin, to: past.to, phaseOf: () => 0 });
  expect(replayed?.notReplayed).toEqual([]);
  const ofAlert = (name: string) =>
    (replayed?.firings ?? [])
      .filter(({ rule }) => rule.alert === name)
      .map(({ activeAt, resolvedAt }) =>
        [activeAt, resolvedAt].flatMap((time) => (time === undefined ? [] : [(time - begin) / minute])),
      );
  const spans = expected(values);
  expect(spans.length).toBeGreaterThan(10);
  expect(ofAlert("Crowded")).toEqual(spans);
  // It is evaluated behind the other one, so that it sees the same minute.
  expect(ofAlert("StillCrowded")).toEqual(spans.filter(([from = NaN, to = count]) => to - from > 5));
});
