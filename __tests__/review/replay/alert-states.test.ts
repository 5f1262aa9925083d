import { array, assert, boolean, constantFrom, integer, option, property, record, tuple } from "fast-check";
import type { Evaluated, Labels } from "../../../metrics/promql-engine";
import { AlertStates, type AlertLabels, type StateSpan } from "../../../review/replay/alert-states";
import { firingOf } from "../../../review/replay/firing";

const step = 60_000;
const begin = Date.UTC(2026, 0, 5);
const timeOf = (index: number) => begin + index * step;

/** What the expression gives of a parcel centre at an evaluation: from one of two doors, that take turns. */
interface Sample {
  readonly door: "east" | "west";
  readonly value: number;
}

/** An evaluation, with what is there by centre. */
interface Evaluation {
  readonly time: number;
  readonly samples: ReadonlyMap<string, Sample>;
}

/** What is compared of an alert that has fired. */
interface Fired {
  readonly labels: Labels;
  readonly door: string | undefined;
  readonly activeAt: number;
  readonly firedAt: number;
  resolvedAt: number | undefined;
  /** At each evaluation from the one at which it fired to the last one before its end. */
  readonly values: [number, number][];
}

interface Rule {
  readonly for: number;
  readonly keepFiringFor: number;
}

/** Alerts of centres, of which a great value makes others than a small one; or of centres alone. */
function labelsBy(varyByValue: boolean): AlertLabels {
  return {
    varyByValue,
    of: ({ centre = "" }, value) => ({
      alertname: "Crowded",
      centre,
      ...(varyByValue && { grade: value > 1 ? "high" : "low" }),
    }),
  };
}

/**
 * Prometheus's `AlertingRule.Eval`, evaluation by evaluation, as it reads: what the expression gives makes alerts or renews
 * them, then each of them is looked at.
 */
class Model {
  readonly fired: Fired[] = [];
  /** `time state labels activeAt` of each sample of `ALERTS`. */
  readonly written: string[] = [];
  /** `time state labels` of each marker of staleness. */
  readonly ended: string[] = [];
  private readonly active = new Map<
    string,
    {
      labels: Labels;
      door: string;
      state: "pending" | "firing";
      activeAt: number;
      value: number;
      keptSince?: number;
      fired?: Fired;
    }
  >();
  private before = new Set<string>();

  constructor(
    private readonly rule: Rule,
    private readonly labels: AlertLabels,
  ) {}

  evaluate({ time, samples }: Evaluation): void {
    const given = new Set<string>();
    for (const [centre, { door, value }] of samples) {
      const labels = this.labels.of({ centre, door }, value);
      const key = JSON.stringify(labels);
      given.add(key);
      const known = this.active.get(key);
      if (known) known.value = value;
      else this.active.set(key, { labels, door, state: "pending", activeAt: time, value });
    }
    const now = new Set<string>();
    for (const [key, alert] of this.active) {
      if (given.has(key)) delete alert.keptSince;
      else {
        let keepsFiring = false;
        if (alert.state === "firing" && this.rule.keepFiringFor > 0) {
          alert.keptSince ??= time;
          keepsFiring = time - alert.keptSince < this.rule.keepFiringFor;
        }
        if (!keepsFiring) {
          this.active.delete(key);
          if (alert.fired) alert.fired.resolvedAt = time;
          continue;
        }
      }
      if (alert.state === "pending" && time - alert.activeAt >= this.rule.for) {
        alert.state = "firing";
        const { labels, door, activeAt } = alert;
        alert.fired = { labels, door, activeAt, firedAt: time, resolvedAt: undefined, values: [] };
        this.fired.push(alert.fired);
      }
      alert.fired?.values.push([time, alert.value]);
      now.add(`${alert.state} ${key}`);
      this.written.push(`${String(time)} ${alert.state} ${key} ${String(alert.activeAt)}`);
    }
    for (const one of this.before) if (!now.has(one)) this.ended.push(`${String(time)} ${one}`);
    this.before = now;
  }
}

/** Columns of some evaluations, one for each series. */
function columnsOf(evaluations: readonly Evaluation[]): readonly Evaluated[] {
  const columns = ["north", "south"].flatMap((centre) =>
    (["east", "west"] as const).map((door) => {
      const column = {
        labels: { centre, door },
        values: new Float64Array(evaluations.length),
        present: new Uint8Array(evaluations.length),
      };
      for (const [index, { samples }] of evaluations.entries()) {
        const sample = samples.get(centre);
        if (sample?.door !== door) continue;
        column.values[index] = sample.value;
        column.present[index] = 1;
      }
      return column;
    }),
  );
  // Prometheus leaves out a series without any sample.
  return columns.filter(({ present }) => present.includes(1));
}

const sample = option(
  record<Sample>({
    door: constantFrom("east", "west"),
    value: constantFrom(0, 1, 2, NaN),
  }),
  { nil: undefined, freq: 2 },
);
const evaluations = array(tuple(sample, sample), { minLength: 1, maxLength: 24 }).map((all) =>
  all.map(([north, south], index): Evaluation => {
    const samples = new Map<string, Sample>();
    if (north) samples.set("north", north);
    if (south) samples.set("south", south);
    return { time: timeOf(index), samples };
  }),
);
const duration = constantFrom(0, 0.5 * step, step, 1.5 * step, 2 * step, 4 * step);
/** How many evaluations a piece has, and whether Prometheus missed them. */
const pieces = array(tuple(integer({ min: 1, max: 7 }), boolean()), { minLength: 1, maxLength: 6 });

/** The evaluations in pieces; those that were missed are in none. */
function cut(all: readonly Evaluation[], lengths: readonly (readonly [number, boolean])[]): Evaluation[][] {
  const parts: Evaluation[][] = [];
  let at = 0;
  for (let turn = 0; at < all.length; turn += 1) {
    const [length, isMissed] = lengths[turn % lengths.length] ?? [1, false];
    if (!isMissed || turn >= lengths.length) parts.push(all.slice(at, at + length));
    at += length;
  }
  return parts;
}

function replayed(rule: Rule, labels: AlertLabels, parts: readonly Evaluation[][]) {
  const spans: StateSpan[] = [];
  const states = new AlertStates({ name: "Crowded", ...rule }, labels, (span) => spans.push(span));
  for (const part of parts) {
    const [first, last] = [part.at(0)?.time ?? NaN, part.at(-1)?.time ?? NaN];
    states.take({ from: first, to: last, step }, columnsOf(part));
  }
  return { states, spans };
}

const firingRule = {
  group: { file: "parcels.yml", name: "parcels", interval: step, queryOffset: 0 },
  name: "Crowded",
  annotations: {},
};

it("alerts are those of Prometheus, in whatever pieces they are looked at, and whatever it missed", () => {
  let fired = 0;
  assert(
    property(
      evaluations,
      duration,
      duration,
      boolean(),
      pieces,
      (all, hold, keepFiringFor, varyByValue, lengths) => {
        const rule = { for: hold, keepFiringFor };
        const labels = labelsBy(varyByValue);
        const parts = cut(all, lengths);
        const taken = parts.flat();
        const model = new Model(rule, labels);
        for (const evaluation of taken) model.evaluate(evaluation);
        const { states, spans } = replayed(rule, labels, parts);

        const times = (from: number, to: number | undefined) =>
          taken.map(({ time }) => time).filter((time) => time >= from && time < (to ?? Infinity));
        const order = (one: Fired, other: Fired) =>
          one.firedAt - other.firedAt || (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1);
        const found = states.fired.map((alert): Fired => {
          const { valueAt } = firingOf({ ...firingRule } as Parameters<typeof firingOf>[0], alert, {});
          const { activeAt, firedAt, resolvedAt, seriesLabels } = alert;
          return {
            labels: alert.labels,
            door: seriesLabels.door,
            activeAt,
            firedAt,
            resolvedAt,
            values: times(firedAt, resolvedAt).map((time) => [time, valueAt(time)]),
          };
        });
        expect([...found].sort(order)).toEqual([...model.fired].sort(order));
        expect(states.fired.map(({ firedAt }) => firedAt)).toEqual(
          model.fired.map(({ firedAt }) => firedAt).sort((one, other) => one - other),
        );

        const written = spans.flatMap(({ labels: ofSpan, state, from, to, activeAt }) =>
          // Nothing is written of an evaluation that was missed.
          all
            .map(({ time }) => time)
            .filter((time) => time >= from && time <= to)
            .map((time) => `${String(time)} ${state} ${JSON.stringify(ofSpan)} ${String(activeAt)}`),
        );
        expect(written.sort()).toEqual([...model.written].sort());
        const ended = spans
          .filter(({ isOver }) => isOver)
          .map(({ labels: ofSpan, state, to }) => `${String(to + step)} ${state} ${JSON.stringify(ofSpan)}`);
        expect(ended.sort()).toEqual([...model.ended].sort());
        const now = states.current.map(({ labels: ofAlert, state }) => `${state} ${JSON.stringify(ofAlert)}`);
        const last = taken.at(-1)?.time;
        const lastWritten = model.written.filter(
          (line) => last !== undefined && line.startsWith(String(last)),
        );
        expect(now.sort()).toEqual(lastWritten.map((line) => line.split(" ").slice(1, -1).join(" ")).sort());
        fired += model.fired.length;
      },
    ),
    { numRuns: 600 },
  );
  expect(fired).toBeGreaterThan(300);
});

it("two series that give the same alert at a time are refused with the time, and nothing is taken", () => {
  const { states, spans } = replayed({ for: 0, keepFiringFor: 0 }, labelsBy(false), [
    [{ time: begin, samples: new Map([["north", { door: "east", value: 1 }]]) }],
  ]);
  const told = spans.length;
  const column = (door: string, ...present: number[]) => ({
    labels: { centre: "north", door },
    values: new Float64Array(present.length).fill(1),
    present: Uint8Array.from(present),
  });
  const steps = { from: timeOf(1), to: timeOf(3), step };
  expect(() => {
    states.take(steps, [column("east", 1, 0, 1), column("west", 0, 0, 1)]);
  }).toThrow(expect.objectContaining({ name: "DuplicateError", time: timeOf(3) }) as Error);
  expect(spans).toHaveLength(told);
  expect(states.fired).toHaveLength(1);
  expect(states.fired[0]?.resolvedAt).toBeUndefined();
  states.take({ from: timeOf(1), to: timeOf(2), step }, [column("east", 1, 0)]);
  expect(states.fired.map(({ firedAt, resolvedAt }) => [firedAt, resolvedAt])).toEqual([[begin, timeOf(2)]]);
});

it("no evaluation changes nothing", () => {
  const { states, spans } = replayed({ for: 0, keepFiringFor: 0 }, labelsBy(false), [
    [{ time: begin, samples: new Map([["north", { door: "east", value: 1 }]]) }],
  ]);
  const told = spans.length;
  states.take({ from: timeOf(1), to: begin, step }, []);
  expect(states.current).toHaveLength(1);
  expect(spans).toHaveLength(told);
});
