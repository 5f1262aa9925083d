import { countOf, keyOf, type Evaluated, type Labels, type Steps } from "../../metrics/promql-engine";
import { DuplicateError } from "./missed-evaluation";
import type { ReplayRule } from "./rules";

/**
 * Evaluations at which an alert was in a state; both ends are in it. What goes on is told in several spans, one behind the
 * other. Milliseconds of Unix time.
 */
export interface StateSpan {
  readonly labels: Labels;
  readonly state: "pending" | "firing";
  readonly from: number;
  readonly to: number;
  readonly activeAt: number;
  /** Whether the state ends with it. */
  readonly isOver: boolean;
}

/** An alert that has fired. */
export interface FiredAlert {
  readonly labels: Labels;
  readonly seriesLabels: Labels;
  readonly activeAt: number;
  readonly firedAt: number;
  resolvedAt: number | undefined;
  /** Times of evaluations at which the value changed, and the values. */
  readonly changes: { readonly times: number[]; readonly values: number[] };
}

/** An alert that is pending or fires. */
interface Active {
  readonly labels: Labels;
  readonly seriesLabels: Labels;
  readonly activeAt: number;
  /** The first evaluation at which the condition did not hold any more. Undefined: it held at the last one. */
  notHeldSince: number | undefined;
  fired: FiredAlert | undefined;
  /** The first evaluation of its state that was not told of. */
  untold: number;
}

/** How an alert gets its labels. */
export interface AlertLabels {
  /** From those of the series that its expression gave, and its value. */
  readonly of: (series: Labels, value: number) => Labels;
  /** Whether the value makes a difference. */
  readonly varyByValue: boolean;
}

/** What an expression gave for one alert: one column, or several that take turns. */
interface Given {
  readonly labels: Labels;
  readonly columns: Evaluated[];
}

/**
 * The alerts of one rule, evaluation by evaluation, as Prometheus keeps them (`AlertingRule.Eval` of its package rules): what
 * holds is pending, and fires when it has held for the rule's `for`; what holds no more ends, a firing one when
 * `keep_firing_for` has passed since the first evaluation at which it did not.
 */
export class AlertStates {
  /** All that have fired, in order of their beginning. */
  readonly fired: FiredAlert[] = [];
  private readonly active = new Map<string, Active>();

  /** @param onSpan is told of what was pending or firing in the evaluations that were taken. Default: nobody is */
  constructor(
    private readonly rule: Pick<ReplayRule, "name" | "for" | "keepFiringFor">,
    private readonly labels: AlertLabels,
    private readonly onSpan: (span: StateSpan) => void = () => undefined,
  ) {}

  /**
   * Takes what the expression gave at the next evaluations. Those between two calls that are left out were missed: what was active
   * goes on.
   * @throws DuplicateError where two series give the same alert at a time, as Prometheus does; then nothing is taken
   */
  take(steps: Steps, columns: readonly Evaluated[]): void {
    const count = countOf(steps);
    if (count === 0) return;
    const given = this.byAlert(columns, count);
    for (const one of given.values()) this.refuseDuplicates(one.columns, steps, count);
    for (const alert of this.active.values()) alert.untold = Math.max(alert.untold, steps.from);
    const before = this.fired.length;
    for (const key of this.active.keys()) {
      if (!given.has(key)) this.run(key, undefined, steps, count);
    }
    for (const [key, one] of given) this.run(key, one, steps, count);
    const fresh = this.fired.splice(before).sort((one, other) => one.firedAt - other.firedAt);
    this.fired.push(...fresh);
    const last = steps.from + (count - 1) * steps.step;
    for (const alert of this.active.values()) this.tell(alert, last, steps.step, false);
  }

  /**
   * Takes what the expression gave where the rule's group has a limit. At an evaluation with more alerts than that, those that
   * are kept firing among them, Prometheus forgets all alerts of the rule, which begin anew when they are few enough.
   * @returns at how many evaluations there were too many
   * @throws DuplicateError as `take` does
   */
  takeLimited(limit: number, steps: Steps, columns: readonly Evaluated[]): number {
    const count = countOf(steps);
    for (const one of this.byAlert(columns, count).values()) this.refuseDuplicates(one.columns, steps, count);
    let exceeded = 0;
    for (let index = 0; index < count; index += 1) {
      const time = steps.from + index * steps.step;
      const at = columns.map(({ labels, values, present }) => ({
        labels,
        values: values.subarray(index, index + 1),
        present: present.subarray(index, index + 1),
      }));
      if (this.countAt(time, this.byAlert(at, 1)) > limit) {
        exceeded += 1;
        this.forget(time, steps.step);
      } else this.take({ from: time, to: time, step: steps.step }, at);
    }
    return exceeded;
  }

  /** How many alerts are pending or fire at an evaluation. */
  private countAt(time: number, given: ReadonlyMap<string, Given>): number {
    const isKept = ({ fired, notHeldSince = time }: Active) =>
      fired !== undefined && time - notHeldSince < this.rule.keepFiringFor;
    return given.size + [...this.active].filter(([key, alert]) => !given.has(key) && isKept(alert)).length;
  }

  private forget(time: number, step: number): void {
    for (const alert of this.active.values()) {
      this.tell(alert, time - step, step, true);
      if (alert.fired !== undefined) alert.fired.resolvedAt = time;
    }
    this.active.clear();
  }

  /** What is pending or fires after the last evaluation. */
  get current(): readonly Pick<StateSpan, "labels" | "state" | "activeAt">[] {
    return [...this.active.values()].map(({ labels, activeAt, fired }) => ({
      labels,
      activeAt,
      state: fired === undefined ? "pending" : "firing",
    }));
  }

  private byAlert(columns: readonly Evaluated[], count: number): Map<string, Given> {
    const given = new Map<string, Given>();
    const add = (labels: Labels, column: Evaluated) => {
      const key = keyOf(labels);
      const same = given.get(key);
      if (same === undefined) given.set(key, { labels, columns: [column] });
      else same.columns.push(column);
    };
    for (const column of columns) {
      const first = column.present.indexOf(1);
      if (first === -1) continue;
      if (!this.labels.varyByValue) {
        add(this.labels.of(column.labels, column.values[first] ?? NaN), column);
        continue;
      }
      for (let index = first; index < count; index += 1) {
        if (column.present[index] !== 1) continue;
        const present = new Uint8Array(count);
        present[index] = 1;
        add(this.labels.of(column.labels, column.values[index] ?? NaN), { ...column, present });
      }
    }
    return given;
  }

  private run(key: string, given: Given | undefined, { from, step }: Steps, count: number): void {
    const columns = given?.columns ?? [];
    for (let index = 0; index < count; index += 1) {
      const time = from + index * step;
      const column = columns.find(({ present }) => present[index] === 1);
      const alert = this.active.get(key);
      if (given !== undefined && column !== undefined) {
        this.holds(
          key,
          alert ?? begun(given.labels, column.labels, time),
          column.values[index] ?? NaN,
          time,
          step,
        );
      } else if (alert !== undefined) {
        this.holdsNot(key, alert, time, step);
      } else {
        const next = nextPresent(columns, index);
        if (next === undefined) return;
        index = next - 1;
      }
    }
  }

  private refuseDuplicates(columns: readonly Evaluated[], { from, step }: Steps, count: number): void {
    if (columns.length < 2) return;
    for (let index = 0; index < count; index += 1) {
      const present = columns.filter((column) => column.present[index] === 1);
      if (present.length > 1) throw new DuplicateError(this.rule.name, "alert", from + index * step);
    }
  }

  private holds(key: string, alert: Active, value: number, time: number, step: number): void {
    this.active.set(key, alert);
    alert.notHeldSince = undefined;
    const { labels, seriesLabels, activeAt } = alert;
    if (alert.fired === undefined && time - activeAt >= this.rule.for) {
      this.tell(alert, time - step, step, true);
      alert.fired = {
        labels,
        seriesLabels,
        activeAt,
        firedAt: time,
        resolvedAt: undefined,
        changes: { times: [], values: [] },
      };
      this.fired.push(alert.fired);
    }
    const changes = alert.fired?.changes;
    if (changes !== undefined && !Object.is(changes.values.at(-1), value)) {
      changes.times.push(time);
      changes.values.push(value);
    }
  }

  private holdsNot(key: string, alert: Active, time: number, step: number): void {
    const { fired } = alert;
    alert.notHeldSince ??= time;
    if (fired !== undefined && time - alert.notHeldSince < this.rule.keepFiringFor) return;
    this.tell(alert, time - step, step, true);
    if (fired !== undefined) fired.resolvedAt = time;
    this.active.delete(key);
  }

  /** @param to the last evaluation of the span */
  private tell(alert: Active, to: number, step: number, isOver: boolean): void {
    const { labels, activeAt, fired, untold: from } = alert;
    const state = fired === undefined ? "pending" : "firing";
    // What ends where a span has ended before is told to end, with no evaluation of its own.
    const isNew = from === (fired?.firedAt ?? activeAt);
    if (from <= to || (isOver && !isNew)) this.onSpan({ labels, state, from, to, activeAt, isOver });
    alert.untold = to + step;
  }
}

function begun(labels: Labels, seriesLabels: Labels, time: number): Active {
  return { labels, seriesLabels, activeAt: time, notHeldSince: undefined, fired: undefined, untold: time };
}

/** The next place at which one of the columns has something. */
function nextPresent(columns: readonly Evaluated[], from: number): number | undefined {
  const places = columns.map(({ present }) => present.indexOf(1, from)).filter((place) => place !== -1);
  return places.length === 0 ? undefined : Math.min(...places);
}
