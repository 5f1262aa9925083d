import type { Evaluated, Labels, Series, Steps, Storage } from "../../metrics/promql-engine/series";
import type { StateSpan } from "./alert-states";

/** How many times there are at first in a series that grows. */
const firstRoom = 64;

/** A series that grows at its end. */
class GrowingSeries {
  private times = new Float64Array(firstRoom);
  private values = new Float64Array(firstRoom);
  private start = 0;
  private end = 0;
  private staleAt: number[] = [];

  constructor(readonly labels: Labels) {}

  add(time: number, value: number): void {
    if (this.end === this.times.length) this.makeRoom();
    this.times[this.end] = time;
    this.values[this.end] = value;
    this.end += 1;
  }

  goesStale(time: number): void {
    this.staleAt.push(time);
  }

  dropBefore(time: number): void {
    while (this.start < this.end && (this.times[this.start] ?? 0) < time) this.start += 1;
    this.staleAt = this.staleAt.filter((each) => each >= time);
  }

  get isEmpty(): boolean {
    return this.start === this.end;
  }

  get series(): Series {
    const [times, values] = [
      this.times.subarray(this.start, this.end),
      this.values.subarray(this.start, this.end),
    ];
    return { labels: this.labels, times, values, staleAt: this.staleAt };
  }

  private makeRoom(): void {
    const kept = this.end - this.start;
    const room = Math.max(firstRoom, kept * 2);
    for (const name of ["times", "values"] as const) {
      const larger = new Float64Array(room);
      larger.set(this[name].subarray(this.start, this.end));
      this[name] = larger;
    }
    [this.start, this.end] = [0, kept];
  }
}

/** What rules have given in a replay: recorded series, and those of alerts. */
export class ComputedSeries implements Storage {
  private readonly byName = new Map<string, Map<string, GrowingSeries>>();
  /** The series that each rule gave at its last evaluation. */
  private readonly open = new WeakMap<object, Set<GrowingSeries>>();

  select(name: string | undefined, matches: (labels: Labels) => boolean): readonly Series[] {
    const named =
      name === undefined ? [...this.byName.values()] : [this.byName.get(name) ?? new Map<string, never>()];
    return named.flatMap((all) =>
      [...all.values()].filter((one) => !one.isEmpty && matches(one.labels)).map((one) => one.series),
    );
  }

  /**
   * Takes what a recording rule gave at its next evaluations; a series that it gives no more goes stale.
   * @param rule the rule, which is the same each time
   */
  record(
    rule: Readonly<{ name: string; labels: Labels }>,
    steps: Steps,
    columns: readonly Evaluated[],
  ): void {
    const open = this.open.get(rule) ?? new Set();
    const stillOpen = new Set<GrowingSeries>();
    for (const column of columns) {
      const series = this.seriesOf({ ...column.labels, ...rule.labels, __name__: rule.name });
      let wasThere = open.delete(series);
      for (let index = 0, time = steps.from; time <= steps.to; index += 1, time += steps.step) {
        const isThere = column.present[index] === 1;
        if (isThere) series.add(time, column.values[index] ?? NaN);
        else if (wasThere) series.goesStale(time);
        wasThere = isThere;
      }
      if (wasThere) stillOpen.add(series);
    }
    for (const series of open) series.goesStale(steps.from);
    this.open.set(rule, stillOpen);
  }

  /** Takes a span of an alert's state, by evaluations that are so far from one another. */
  alert({ labels, state, from, to, activeAt, isOver }: StateSpan, step: number): void {
    const ofState = this.seriesOf({ ...labels, __name__: "ALERTS", alertstate: state });
    const since = this.seriesOf({ ...labels, __name__: "ALERTS_FOR_STATE" });
    for (let time = from; time <= to; time += step) {
      ofState.add(time, 1);
      since.add(time, activeAt / 1_000);
    }
    if (!isOver) return;
    ofState.goesStale(to + step);
    if (state === "firing") since.goesStale(to + step);
  }

  /** Forgets samples before a time. */
  dropBefore(time: number): void {
    for (const all of this.byName.values()) {
      for (const [key, series] of all) {
        series.dropBefore(time);
        if (series.isEmpty) all.delete(key);
      }
    }
  }

  private seriesOf(given: Labels): GrowingSeries {
    const labels = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ""));
    const name = labels.__name__ ?? "";
    const all = this.byName.get(name) ?? new Map<string, GrowingSeries>();
    this.byName.set(name, all);
    const key = JSON.stringify(Object.entries(labels).sort(([one], [other]) => (one < other ? -1 : 1)));
    const known = all.get(key) ?? new GrowingSeries(labels);
    all.set(key, known);
    return known;
  }
}
