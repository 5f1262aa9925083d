import { compareLabels, clean, keyOf, withLabel } from "./label-sets";
import { countOf, type Evaluated, type Labels, type Series, type Steps, type Storage } from "./series";
import { timeOf } from "./windows";

/** Series in memory, found by their names, to which samples can be added at the end. */
export class MemoryStorage implements Storage {
  private readonly byName = new Map<string, Map<string, GrowingSeries>>();

  constructor(series: Iterable<Series> = []) {
    for (const one of series) this.add(one);
  }

  /**
   * Adds a series, or what comes later of one that is there.
   * @throws RangeError where its samples are not in order of time, or not later than those that are there
   */
  add({ labels, times, values, staleAt = [] }: Series): void {
    const series = this.seriesOf(labels);
    let stale = 0;
    for (let index = 0; index < times.length; index++) {
      const time = times[index] as number;
      for (; stale < staleAt.length && (staleAt[stale] as number) < time; stale++) {
        series.end(staleAt[stale] as number);
      }
      series.append(time, values[index] as number);
    }
    for (const time of staleAt.slice(stale)) series.end(time);
  }

  /**
   * One sample.
   * @param time ms, later than all of the series
   * @throws RangeError where it is not
   */
  append(labels: Labels, time: number, value: number): void {
    this.seriesOf(labels).append(time, value);
  }

  /** A series gives nothing from a time on, until its next sample. Of one that is not there this says nothing. */
  end(labels: Labels, time: number): void {
    this.byName
      .get(labels["__name__"] ?? "")
      ?.get(keyOf(labels))
      ?.end(time);
  }

  /**
   * What a rule records: its results under its name, stale where they are gone, as Prometheus's rules leave them.
   * Series of the name that a former call recorded and this one does not have become stale, too, so that a rule may be
   * evaluated piece by piece.
   * @param name of the recorded metric
   * @param labels of the rule, which take the place of those of the results
   */
  record(name: string, results: readonly Evaluated[], steps: Steps, labels: Labels = {}): void {
    const recorded = new Set<GrowingSeries>();
    for (const result of results) {
      let all: Labels = { ...result.labels, __name__: name };
      for (const [label, value] of Object.entries(labels)) all = withLabel(all, label, value);
      const series = this.seriesOf(all);
      recorded.add(series);
      series.appendColumn(result, steps);
    }
    if (countOf(steps) === 0) return;
    for (const series of this.byName.get(name)?.values() ?? []) {
      if (!recorded.has(series)) series.end(steps.from);
    }
  }

  /** Forgets samples before a time, and series that have none left. */
  dropBefore(time: number): void {
    for (const [name, all] of this.byName) {
      for (const [key, series] of all) {
        series.dropBefore(time);
        if (series.isEmpty) all.delete(key);
      }
      if (all.size === 0) this.byName.delete(name);
    }
  }

  /** Names of all series. */
  get names(): readonly string[] {
    return [...this.byName.keys()];
  }

  /** In Prometheus's order. */
  select(
    name: string | undefined,
    matches: (labels: Labels) => boolean,
    from: number,
    to: number,
  ): readonly Series[] {
    const candidates =
      name === undefined
        ? [...this.byName.values()]
        : [this.byName.get(name) ?? new Map<string, GrowingSeries>()];
    return candidates
      .flatMap((all) => [...all.values()])
      .filter(({ labels }) => matches(labels))
      .sort((one, other) => compareLabels(one.labels, other.labels))
      .map((series) => series.between(from, to))
      .filter(({ times }) => times.length > 0);
  }

  private seriesOf(labels: Labels): GrowingSeries {
    const name = labels["__name__"] ?? "";
    const all = this.byName.get(name) ?? new Map<string, GrowingSeries>();
    this.byName.set(name, all);
    const key = keyOf(labels);
    const series = all.get(key) ?? new GrowingSeries(clean(labels));
    all.set(key, series);
    return series;
  }
}

/** Samples with room for more. */
class GrowingSeries {
  private times = new Float64Array(16);
  private values = new Float64Array(16);
  private from = 0;
  private to = 0;
  private staleAt: number[] = [];

  constructor(readonly labels: Labels) {}

  get isEmpty(): boolean {
    return this.from === this.to && this.staleAt.length === 0;
  }

  append(time: number, value: number): void {
    if (time <= this.newest) {
      const last = new Date(this.newest).toISOString();
      throw new RangeError(`A sample at ${new Date(time).toISOString()} is not later than that at ${last}.`);
    }
    if (this.to === this.times.length) this.grow();
    this.times[this.to] = time;
    this.values[this.to++] = value;
  }

  /** A marker of one that is stale already says nothing. */
  end(time: number): void {
    if (this.to > this.from && !this.isStale && time >= this.newest) this.staleAt.push(time);
  }

  appendColumn({ values, present }: Evaluated, steps: Steps): void {
    for (let step = 0; step < present.length; step++) {
      if (present[step] === 1) this.append(timeOf(steps, step), values[step] as number);
      else this.end(timeOf(steps, step));
    }
  }

  dropBefore(time: number): void {
    this.from = this.firstAt(time);
    this.staleAt = this.staleAt.filter((stale) => stale >= time);
    if (this.from > this.times.length / 2) this.grow();
  }

  /** A view of the samples in a time. */
  between(from: number, to: number): Series {
    const [first, behind] = [this.firstAt(from), this.firstAt(to + 1)];
    const [times, values] = [this.times.subarray(first, behind), this.values.subarray(first, behind)];
    return { labels: this.labels, times, values, staleAt: this.staleAt };
  }

  private get newest(): number {
    return this.to === this.from ? -Infinity : (this.times[this.to - 1] as number);
  }

  private get isStale(): boolean {
    const last = this.staleAt.at(-1);
    return last !== undefined && last >= this.newest;
  }

  /** Index of the first sample at a time or later. */
  private firstAt(time: number): number {
    let [low, high] = [this.from, this.to];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.times[middle] as number) < time) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Makes room: what was handed out keeps its own arrays. */
  private grow(): void {
    const size = Math.max(16, 2 * (this.to - this.from));
    const [times, values] = [new Float64Array(size), new Float64Array(size)];
    times.set(this.times.subarray(this.from, this.to));
    values.set(this.values.subarray(this.from, this.to));
    [this.times, this.values] = [times, values];
    [this.from, this.to] = [0, this.to - this.from];
  }
}
