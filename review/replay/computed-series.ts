import {
  countOf,
  keyOf,
  MemoryStorage,
  type Evaluated,
  type Labels,
  type Steps,
} from "../../metrics/promql-engine";
import type { StateSpan } from "./alert-states";
import { relabelled } from "./missed-evaluation";

/** What rules have given in a replay: recorded series, and those of alerts. */
export class ComputedSeries extends MemoryStorage {
  /** The series that each rule gave at its last evaluation, by their labels. */
  private readonly open = new WeakMap<object, Map<string, Labels>>();

  /**
   * Takes what a recording rule gave at its next evaluations; a series that it gives no more goes stale.
   * @param rule the rule, which is the same each time
   * @throws DuplicateError where two series get the same labels at a time, as Prometheus does; then nothing is taken
   */
  recorded(
    rule: Readonly<{ name: string; labels: Labels }>,
    steps: Steps,
    columns: readonly Evaluated[],
  ): void {
    if (countOf(steps) === 0) return;
    const before = new Map(this.open.get(rule));
    const open = new Map<string, Labels>();
    const own = relabelled(rule, columns, steps, (labels) => ({
      ...labels,
      ...rule.labels,
      __name__: rule.name,
    }));
    for (const column of own) {
      const { labels } = column;
      const key = keyOf(labels);
      const series = seriesOf(labels, column, steps, before.has(key));
      this.add(series);
      before.delete(key);
      if (series.isOpen) open.set(key, labels);
    }
    for (const labels of before.values()) this.end(labels, steps.from);
    this.open.set(rule, open);
  }

  /** Takes a span of an alert's state, by evaluations that are so far from one another. */
  alerted({ labels, state, from, to, activeAt, isOver }: StateSpan, step: number): void {
    const ofState = { ...labels, __name__: "ALERTS", alertstate: state };
    const since = { ...labels, __name__: "ALERTS_FOR_STATE" };
    const count = Math.max(0, Math.floor((to - from) / step) + 1);
    const times = Float64Array.from({ length: count }, (_, index) => from + index * step);
    this.add({ labels: ofState, times, values: new Float64Array(count).fill(1) });
    // Prometheus stores whole seconds.
    this.add({ labels: since, times, values: new Float64Array(count).fill(Math.floor(activeAt / 1_000)) });
    if (!isOver) return;
    this.end(ofState, to + step);
    // One that fires from then on has a sample at that time, which counts.
    this.end(since, to + step);
  }
}

/** @param wasThere whether it was there at the evaluation before the first one */
function seriesOf(labels: Labels, { values, present }: Evaluated, { from, step }: Steps, wasThere: boolean) {
  const count = present.reduce((sum, one) => sum + one, 0);
  const series = { labels, times: new Float64Array(count), values: new Float64Array(count) };
  const staleAt: number[] = [];
  let isOpen = wasThere;
  for (let index = 0, place = 0; index < present.length; index += 1) {
    const time = from + index * step;
    const isThere = present[index] === 1;
    if (isThere) {
      series.times[place] = time;
      series.values[place] = values[index] ?? NaN;
      place += 1;
    } else if (isOpen) staleAt.push(time);
    isOpen = isThere;
  }
  return { ...series, staleAt, isOpen };
}
