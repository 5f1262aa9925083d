import { MemoryStorage } from "../../../metrics/promql-engine";
import { StoredPast } from "../../../review/past/stored-past";
import { replayVersions } from "../../../review/replay/replay-versions";

const minute = 60_000;
const begin = Date.UTC(2026, 0, 5);
const count = 20;

/** Late parcels of three centres, minute by minute: above 0 where a place has an `x`. */
const late = {
  north: ".xxxxxxxxxxxx.......",
  east: "...xxxxxx...........",
  south: ".....xx..xxx........",
};

const storage = new MemoryStorage(
  Object.entries(late).map(([centre, places]) => ({
    labels: { __name__: "parcels_late", centre },
    times: Float64Array.from({ length: count }, (_, index) => begin + index * minute),
    values: Float64Array.from(places, (place) => (place === "x" ? 1 : 0)),
  })),
);
const past = new StoredPast({ name: "samples", storage, from: begin, to: begin + (count - 1) * minute });

async function replayed(rule: string, limit: number) {
  const rules = `groups: [{name: parcels, interval: 1m, limit: ${String(limit)}, rules: [${rule}]}]`;
  const version = { ruleFiles: { "parcels.yml": rules }, evaluationInterval: "1m", externalLabels: {} };
  const [one] = await replayVersions([version], past, { from: begin, to: past.to, phaseOf: () => 0 });
  if (one === undefined) throw new Error("nothing was replayed");
  const spans = [...one.firings]
    .sort((first, other) => first.firedAt - other.firedAt || (first.labels.centre === "north" ? -1 : 1))
    .map(({ rule: { alert }, labels, firedAt, resolvedAt }) => [
      alert === "Late" ? labels.centre : alert,
      (firedAt - begin) / minute,
      resolvedAt === undefined ? undefined : (resolvedAt - begin) / minute,
    ]);
  return { spans, over: one.overLimit.map(({ evaluations }) => evaluations), failed: one.notReplayed };
}

const alert = "{alert: Late, expr: parcels_late > 0}";

it("without a limit all fire", async () => {
  expect(await replayed(alert, 0)).toEqual({
    spans: [
      ["north", 1, 13],
      ["east", 3, 9],
      ["south", 5, 7],
      ["south", 9, 12],
    ],
    over: [],
    failed: [],
  });
});

it("too many alerts are forgotten, and begin anew", async () => {
  expect(await replayed(alert, 2)).toEqual({
    spans: [
      ["north", 1, 5],
      ["east", 3, 5],
      ["north", 7, 13],
      ["east", 7, 9],
      ["south", 9, 12],
    ],
    over: [2],
    failed: [],
  });
});

it("a condition must hold anew for as long as it must", async () => {
  const { spans } = await replayed("{alert: Late, expr: parcels_late > 0, for: 3m}", 2);
  expect(spans).toEqual([
    ["north", 4, 5],
    ["north", 10, 13],
  ]);
});

it("alerts that are kept firing count", async () => {
  const { spans, over } = await replayed("{alert: Late, expr: parcels_late > 0, keep_firing_for: 2m}", 2);
  // The east is kept at 9, when the south is there: they are three. It is forgotten then.
  expect(over).toEqual([3]);
  expect(spans).toEqual([
    ["north", 1, 5],
    ["east", 3, 5],
    ["north", 7, 9],
    ["east", 7, 9],
    ["north", 10, 15],
    ["south", 10, 14],
  ]);
});

it("what is recorded stays as it was where there is too much of it", async () => {
  const rules = "{record: late, expr: parcels_late > 0}, {alert: Crowd, expr: count(late) > 1}";
  const all = await replayed(rules, 0);
  expect(all.spans).toEqual([["Crowd", 3, 12]]);
  const { spans, over } = await replayed(rules, 1);
  // From 3 to 11 there are two or three, of which nothing is recorded; the last of the north is looked at for five minutes.
  expect(over).toEqual([9]);
  expect(spans).toEqual([]);
});
