import { assert, integer, option, property } from "fast-check";
import { countOf, EvaluationError, type Evaluated, type Steps } from "../../../metrics/promql-engine";
import { RequestError } from "../../../operations/clients/json-client";
import {
  DuplicateError,
  failureOf,
  relabelled,
  withoutFailing,
} from "../../../review/replay/missed-evaluation";

const step = 60_000;
const timesOf = ({ from, step: each, ...rest }: Steps) =>
  Array.from({ length: countOf({ from, step: each, ...rest }) }, (_, index) => from + index * each);

describe("what is left without a time that fails", () => {
  it("is all others, in order, or two halves where the time is not known", () => {
    const time = option(integer({ min: -3 * step, max: 20 * step }), { nil: undefined, freq: 3 });
    assert(
      property(integer({ min: 1, max: 12 }), time, integer({ min: 0, max: 3 }), (count, given, whole) => {
        const steps = { from: 1_000, to: 1_000 + (count - 1) * step, step };
        const all = timesOf(steps);
        // Often one of them, or one beside them.
        const near = ((Math.abs(given ?? 0) % (count + 2)) - 1) * step + steps.from;
        const failing = whole > 0 && given !== undefined ? near : given;
        const parts = withoutFailing(steps, failing);
        const left = parts.flatMap(timesOf);
        if (count === 1) expect(left).toEqual([]);
        else if (failing !== undefined && all.includes(failing)) {
          expect(left).toEqual(all.filter((one) => one !== failing));
        } else {
          expect(left).toEqual(all);
          expect(parts).toHaveLength(2);
          const [first = [], second = []] = parts.map(timesOf);
          expect(first.length - second.length).toBe(count % 2);
        }
        expect(parts.every((part) => countOf(part) > 0)).toBe(true);
      }),
    );
  });
});

describe("a failure", () => {
  const place = { from: 0, to: 1 };
  it.each<[string, unknown, ReturnType<typeof failureOf>]>([
    ["two series that become one", new DuplicateError("a", "alert", 5), { kind: "at a time", time: 5 }],
    [
      "a part that is evaluated here",
      new EvaluationError("x", place, 7, undefined),
      { kind: "at a time", time: 7 },
    ],
    [
      "what nothing here evaluates",
      new EvaluationError("x", place, undefined, undefined),
      { kind: "at any time" },
    ],
    ["an evaluation that fails there", new RequestError("422", 422), { kind: "at a time", time: undefined }],
    ["a question that is not understood", new RequestError("400", 400), { kind: "at any time" }],
    ["no answer", new RequestError("no answer in time"), { kind: "no answer" }],
    ["a login that is refused", new RequestError("401", 401), { kind: "no answer" }],
    ["a Prometheus in trouble", new RequestError("503", 503), { kind: "no answer" }],
    ["native histograms", new Error("native histograms"), { kind: "at any time" }],
    ["no error", "a text", { kind: "at any time" }],
  ])("of %s", (_what, error, failure) => {
    expect(failureOf(error)).toEqual(failure);
  });

  it("of two series names the rule, and what Prometheus says of it", () => {
    expect(new DuplicateError("Crowded", "alert", 5).message).toMatch(
      /^Crowded: .* after applying alert labels"$/,
    );
    expect(new DuplicateError("a:b", "record", 5).message).toMatch(/^a:b: .* after applying rule labels"$/);
  });
});

describe("columns with a rule's labels", () => {
  const column = (door: string, present: readonly number[], value: number): Evaluated => ({
    labels: { centre: "north", door },
    values: Float64Array.from(present, () => value),
    present: Uint8Array.from(present),
  });
  const steps = { from: 600_000, to: 600_000 + 2 * step, step };
  const withoutDoor = ({ centre = "" }: Evaluated["labels"]) => ({ centre });
  const labelled = (...columns: readonly Evaluated[]) =>
    relabelled({ name: "parcels:waiting" }, columns, steps, withoutDoor);

  it("are put together where they take turns, and stay as they were", () => {
    const [east, west] = [column("east", [1, 0, 0], 1), column("west", [0, 0, 1], 2)];
    const [one, ...others] = labelled(east, west);
    expect(others).toEqual([]);
    expect(one?.labels).toEqual({ centre: "north" });
    expect([...(one?.present ?? [])]).toEqual([1, 0, 1]);
    expect([one?.values[0], one?.values[2]]).toEqual([1, 2]);
    expect([...east.present, ...west.present]).toEqual([1, 0, 0, 0, 0, 1]);
    expect(east.labels).toEqual({ centre: "north", door: "east" });
  });

  it("are refused where both are there, with the time", () => {
    expect(() => labelled(column("east", [1, 1, 0], 1), column("west", [0, 1, 1], 2))).toThrow(
      expect.objectContaining({ name: "DuplicateError", time: 600_000 + step }) as Error,
    );
  });

  it("are one each where their labels differ", () => {
    const all = relabelled(
      { name: "a" },
      [column("east", [1, 1, 1], 1), column("west", [1, 1, 1], 2)],
      steps,
      (of) => of,
    );
    expect(all.map(({ labels }) => labels.door)).toEqual(["east", "west"]);
  });
});
