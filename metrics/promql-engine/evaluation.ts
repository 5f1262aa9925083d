import {
  type Aggregation,
  type Binary,
  type Call,
  type Duration,
  type Expression,
  isAbsence,
  isScalar,
  isSetOperator,
  type Selector,
  type Subquery,
  textAt,
} from "../promql-analysis";
import { absentLabels } from "./absence";
import { aggregates } from "./aggregations";
import { chosen } from "./choosing";
import { Columns, constantColumn, emptyColumn, isThere, sameLabels } from "./columns";
import { countValues } from "./count-values";
import type { EngineOptions } from "./engine";
import { EvaluationError, type Fail } from "./error";
import {
  dateFunctions,
  keepsName,
  ofDate,
  orderingFunctions,
  valueFunctions,
  windowFunctions,
} from "./functions";
import { groupsOf } from "./groups";
import { histogramFraction, histogramQuantile } from "./histograms";
import { isInvariant } from "./invariance";
import { clean, keyOf, nameless } from "./label-sets";
import { matchedPairs } from "./matching";
import { operatorOf, type Operator } from "./operators";
import { labelJoin, labelReplace, relabelled } from "./relabelling";
import { newestSamples, samplesOf, selectSeries } from "./selection";
import { countOf, type Evaluated, type Steps } from "./series";
import { anyOf, setOperation } from "./set-operators";
import { endsOf, type Range, type Samples, timeOf, Windows } from "./windows";

/** One evaluation of an expression: what is asked of each of its parts, at the times of which. */
export class Evaluation {
  private readonly lookback: number;
  private readonly subqueryStep: number;

  /** @param bounds start and end of the query, ms; undefined where each step is a query by itself */
  constructor(
    private readonly options: EngineOptions,
    private readonly bounds: { readonly start: number; readonly end: number } | undefined,
  ) {
    this.lookback = options.lookback ?? 300_000;
    this.subqueryStep = options.subqueryStep ?? 60_000;
  }

  /** What an expression gives: series, or a number as one. */
  async all(expr: Expression, steps: Steps): Promise<readonly Evaluated[]> {
    if (!isScalar(expr)) return this.vector(expr, steps);
    const values = await this.scalar(expr, steps);
    return [{ labels: {}, values, present: new Uint8Array(values.length).fill(1) }];
  }

  private async vector(expr: Expression, steps: Steps): Promise<readonly Evaluated[]> {
    const resolved = await this.options.resolve?.(expr, steps);
    if (resolved !== undefined) return resolved;
    const count = countOf(steps);
    if (count === 0) return [];
    if (count === 1 || !isInvariant(expr, { areFixed: this.bounds !== undefined }))
      return this.evaluated(expr, steps);
    const once = await this.evaluated(expr, { ...steps, to: steps.from });
    return once.map(({ labels, values }) => constantColumn(labels, values[0] as number, count));
  }

  private async evaluated(expr: Expression, steps: Steps): Promise<readonly Evaluated[]> {
    switch (expr.kind) {
      case "selector":
        if (expr.range !== undefined) return this.refuse(expr, "a range of samples is no result");
        return this.instant(expr, steps, false);
      case "subquery":
        return this.refuse(expr, "a range of samples is no result");
      case "string":
        return this.refuse(expr, "a text is no result");
      case "number":
        return this.all(expr, steps);
      case "unknown":
        return this.refuse(expr, "this is not supported");
      case "unary":
        return this.negated(await this.vector(expr.expr, steps), expr.op === "-", expr, steps);
      case "aggregation":
        return this.aggregation(expr, steps);
      case "binary":
        return this.binary(expr, steps);
      case "call":
        return this.call(expr, steps);
    }
  }

  /** A number at each step. */
  private async scalar(expr: Expression, steps: Steps): Promise<Float64Array> {
    const count = countOf(steps);
    switch (expr.kind) {
      case "number":
        return new Float64Array(count).fill(expr.value);
      case "unary": {
        const values = await this.scalar(expr.expr, steps);
        return expr.op === "-" ? values.map((value) => -value) : values;
      }
      case "binary": {
        const operator = this.operator(expr);
        const [left, right] = [await this.scalar(expr.left, steps), await this.scalar(expr.right, steps)];
        return left.map((value, step) => {
          const other = right[step] as number;
          return operator.holds === undefined
            ? operator.value(value, other)
            : Number(operator.holds(value, other));
        });
      }
      case "call":
        if (expr.name === "pi") return new Float64Array(count).fill(Math.PI);
        if (expr.name === "time") return new Float64Array(count).map((_, step) => timeOf(steps, step) / 1000);
        if (expr.name === "scalar") return this.onlyValue(expr, steps);
        return this.refuse(expr, `${expr.name}() is not supported`);
      default:
        return this.refuse(expr, "this is no number");
    }
  }

  /** The value of the only series; NaN where there is none, or more than one. */
  private async onlyValue({ args: [arg] }: Call, steps: Steps): Promise<Float64Array> {
    const columns = await this.vector(arg as Expression, steps);
    const result = new Float64Array(countOf(steps)).fill(NaN);
    const seen = new Uint8Array(result.length);
    for (const { values, present } of columns) {
      for (let step = 0; step < result.length; step++) {
        if (present[step] !== 1) continue;
        result[step] = seen[step] === 1 ? NaN : (values[step] as number);
        seen[step] = 1;
      }
    }
    return result;
  }

  private instant(selector: Selector, steps: Steps, isTime: boolean): readonly Evaluated[] {
    const ends = endsOf(steps, this.shiftOf(selector));
    const series = selectSeries(
      this.options.storage,
      selector,
      (ends[0] as number) - this.lookback,
      ends.at(-1) as number,
    );
    return series.flatMap((one) => {
      const column = newestSamples(one, ends, this.lookback, isTime);
      return column === undefined ? [] : [{ ...column, labels: clean(one.labels) }];
    });
  }

  private negated(columns: readonly Evaluated[], isNegative: boolean, expr: Expression, steps: Steps) {
    if (!isNegative) return columns;
    const result = new Columns(countOf(steps), this.failure(expr, steps));
    for (const { labels, values, present } of columns) {
      result.take({ labels: nameless(labels), values: values.map((value) => -value), present });
    }
    return result.all();
  }

  private async aggregation(expr: Aggregation, steps: Steps): Promise<readonly Evaluated[]> {
    const [count, fail] = [countOf(steps), this.failure(expr, steps)];
    const [first, last] = [expr.args[0] as Expression, expr.args.at(-1) as Expression];
    if (expr.op === "count_values") {
      const label = first.kind === "string" ? first.value : "";
      return countValues(await this.vector(last, steps), label, expr, { count, fail });
    }
    const parameter = expr.args.length > 1 ? await this.scalar(first, steps) : new Float64Array(0);
    const groups = groupsOf(await this.vector(last, steps), expr);
    if (["topk", "bottomk", "limitk"].includes(expr.op)) return chosen(expr.op, groups, parameter, fail);
    const aggregate = aggregates.get(expr.op) ?? this.refuse(expr, `${expr.op}() is not supported`);
    return groups.map((group) => aggregate(group, count, parameter));
  }

  private operator(expr: Binary): Operator {
    return operatorOf(expr.op) ?? this.refuse(expr, `the operator ${expr.op} is not supported`);
  }

  private async binary(expr: Binary, steps: Steps): Promise<readonly Evaluated[]> {
    if (expr.fills !== undefined) this.refuse(expr, "fill() is not supported");
    const [count, fail] = [countOf(steps), this.failure(expr, steps)];
    const { left, right, isBool } = expr;
    if (isScalar(left) || isScalar(right)) return this.withScalar(expr, steps);
    const sides = [await this.vector(left, steps), await this.vector(right, steps)] as const;
    if (isSetOperator(expr.op)) return setOperation(expr, ...sides, { count, fail });
    const { on, ignoring, groupLeft, groupRight } = expr;
    const matching = {
      on,
      ignoring,
      groupLeft,
      groupRight,
      isBool,
      operator: this.operator(expr),
      count,
      fail,
    };
    return matchedPairs(...sides, matching);
  }

  private async withScalar(expr: Binary, steps: Steps): Promise<readonly Evaluated[]> {
    const { value: compute, holds } = this.operator(expr);
    const isLeft = isScalar(expr.left);
    const [number, series] = isLeft ? [expr.left, expr.right] : [expr.right, expr.left];
    const scalars = await this.scalar(number, steps);
    const result = new Columns(scalars.length, this.failure(expr, steps));
    for (const column of await this.vector(series, steps)) {
      const isOther = holds === undefined || expr.isBool;
      const { values, present } = emptyColumn({}, scalars.length);
      for (let step = 0; step < scalars.length; step++) {
        if (column.present[step] !== 1) continue;
        const [value, scalar] = [column.values[step] as number, scalars[step] as number];
        const [one, other] = isLeft ? [scalar, value] : [value, scalar];
        const kept = holds?.(one, other);
        if (kept === false && !expr.isBool) continue;
        values[step] = kept === undefined ? compute(one, other) : expr.isBool ? Number(kept) : value;
        present[step] = 1;
      }
      result.take({ labels: isOther ? nameless(column.labels) : column.labels, values, present });
    }
    return result.all();
  }

  private async call(expr: Call, steps: Steps): Promise<readonly Evaluated[]> {
    const { name, args } = expr;
    const [count, fail] = [countOf(steps), this.failure(expr, steps)];
    const [first] = args;
    if (windowFunctions.has(name)) return this.overTime(expr, steps);
    const texts = args.flatMap((arg) => (arg.kind === "string" ? [arg.value] : []));
    const numbers = () => Promise.all(args.filter(isScalar).map((arg) => this.scalar(arg, steps)));
    const series = async () => this.vector(args.find((arg) => !isScalar(arg)) as Expression, steps);
    const part = dateFunctions.get(name);
    if (part !== undefined && first === undefined) {
      const times = new Float64Array(count).map((_, step) => timeOf(steps, step) / 1000);
      return [{ ...constantColumn({}, 0, count), values: times.map(ofDate(part)) }];
    }
    const ofValue = part === undefined ? valueFunctions.get(name) : ofDate(part);
    if (ofValue !== undefined) {
      const others = await numbers();
      const of = (value: number, step: number) =>
        ofValue(value, ...others.map((values) => values[step] as number));
      const columns = this.mapped(await series(), expr, steps, of);
      return name === "clamp" ? whereOrdered(columns, others) : columns;
    }
    if (orderingFunctions.has(name)) return series();
    switch (name) {
      case "vector":
        return [{ ...constantColumn({}, 0, count), values: await this.scalar(first as Expression, steps) }];
      case "absent":
        return this.absences(await this.vector(first as Expression, steps), expr, steps);
      case "timestamp":
        if (first?.kind === "selector") return this.mapped(this.instant(first, steps, true), expr, steps);
        return this.mapped(await series(), expr, steps, (_, step) => timeOf(steps, step) / 1000);
      case "label_replace":
        return relabelled(await series(), labelReplace(texts, fail), count, fail);
      case "label_join":
        return relabelled(await series(), labelJoin(texts, fail), count, fail);
      case "histogram_quantile": {
        const [quantiles] = await numbers();
        return histogramQuantile(await series(), quantiles as Float64Array, fail);
      }
      case "histogram_fraction": {
        const [lower, upper] = await numbers();
        return histogramFraction(await series(), lower as Float64Array, upper as Float64Array, fail);
      }
      default:
        return this.refuse(expr, `${name}() is not supported`);
    }
  }

  /** A function of each value, which is another thing than the metric. */
  private mapped(
    columns: readonly Evaluated[],
    expr: Call,
    steps: Steps,
    of: (value: number, step: number) => number = (value) => value,
  ): readonly Evaluated[] {
    const result = new Columns(countOf(steps), this.failure(expr, steps));
    for (const { labels, values, present } of columns) {
      result.take({ labels: nameless(labels), values: values.map(of), present });
    }
    return result.all();
  }

  /** 1 where nothing is. */
  private absences(columns: readonly Evaluated[], { args: [arg] }: Call, steps: Steps): readonly Evaluated[] {
    const count = countOf(steps);
    const present = anyOf(columns, count).map((there) => 1 - there);
    const column = { ...constantColumn(absentLabels(arg as Expression), 1, count), present };
    return isThere(column) ? [column] : [];
  }

  private async overTime(expr: Call, steps: Steps): Promise<readonly Evaluated[]> {
    const { name, args } = expr;
    const ofWindow = windowFunctions.get(name) ?? this.refuse(expr, `${name}() is not supported`);
    const argument = args.find(isRange) ?? this.refuse(expr, "there is no range");
    // Prometheus 3.13 loses a subquery whose time is fixed, where the function's other argument is not: it gives nothing.
    if (argument.kind === "subquery" && argument.at !== undefined && !isInvariant(expr, { areFixed: true }))
      return [];
    const numbers: Float64Array[] = [];
    for (const arg of args) if (arg !== argument) numbers.push(await this.scalar(arg, steps));
    if (name === "double_exponential_smoothing") this.checkFactors(numbers, expr, steps);
    const range = this.rangeOf(argument);
    const ends = endsOf(steps, range);
    const times = new Float64Array(ends.length).map((_, step) => timeOf(steps, step));
    const windows = new Windows(ends, range.range, times);
    const results: Evaluated[] = [];
    for (const samples of await this.samples(argument, range, ends)) {
      const labels = keepsName.has(name) ? samples.labels : nameless(samples.labels);
      const column = emptyColumn(clean(labels), ends.length);
      ofWindow(samples, windows.over(samples), column, numbers);
      if (isThere(column)) results.push(column);
    }
    return isAbsence(name) ? this.absences(results, expr, steps) : this.unique(results, expr, steps);
  }

  /** Over a range, Prometheus refuses the same labels even at different times. */
  private unique(columns: readonly Evaluated[], expr: Expression, steps: Steps): readonly Evaluated[] {
    const fail = this.failure(expr, steps);
    if (new Set(columns.map(({ labels }) => keyOf(labels))).size === columns.length) return columns;
    if (this.bounds !== undefined) return fail(sameLabels);
    const result = new Columns(countOf(steps), fail);
    for (const column of columns) result.take(column);
    return result.all();
  }

  private async samples(
    argument: Selector | Subquery,
    { range }: Range,
    ends: Float64Array,
  ): Promise<readonly Samples[]> {
    const [first, last] = [(ends[0] as number) - range, ends.at(-1) as number];
    if (argument.kind === "selector") return selectSeries(this.options.storage, argument, first, last);
    const step = argument.step === undefined ? this.subqueryStep : this.milliseconds(argument.step);
    let from = step * Math.trunc(first / step);
    if (from <= first) from += step;
    const steps = { from, to: last, step };
    const times = new Float64Array(countOf(steps)).map((_, index) => timeOf(steps, index));
    if (times.length === 0) return [];
    const columns = await this.all(argument.expr, steps);
    return columns.filter(isThere).map((column) => samplesOf(column, times));
  }

  private checkFactors([levels, trends]: readonly Float64Array[], expr: Call, steps: Steps): void {
    const fail = this.failure(expr, steps);
    const check = (what: string) => (value: number, step: number) => {
      if (value <= 0 || value >= 1)
        fail(`invalid ${what} factor. Expected: 0 < ${what[0] ?? ""}f < 1, got: ${value.toFixed(6)}`, step);
    };
    levels?.forEach(check("smoothing"));
    trends?.forEach(check("trend"));
  }

  private rangeOf(argument: Selector | Subquery): Range {
    return { range: this.milliseconds(argument.range as Duration), ...this.shiftOf(argument) };
  }

  private shiftOf({ offset, at }: Selector | Subquery): Pick<Range, "offset" | "at"> {
    return {
      offset: offset === undefined ? 0 : this.milliseconds(offset),
      at: at === undefined ? undefined : typeof at === "number" ? Math.round(at * 1000) : this.bounds?.[at],
    };
  }

  private milliseconds(duration: Duration): number {
    if (duration.seconds === undefined) return this.refuse(duration, "a computed duration is not supported");
    return Math.trunc(Math.round(duration.seconds * 1e9) / 1e6);
  }

  private failure(expr: Expression, steps: Steps): Fail {
    return (reason, step) => this.end(expr, reason, step === undefined ? undefined : timeOf(steps, step));
  }

  private refuse(place: { readonly from: number; readonly to: number }, reason: string): never {
    return this.end(place, reason, undefined);
  }

  private end(
    place: { readonly from: number; readonly to: number },
    reason: string,
    time: number | undefined,
  ): never {
    const { text } = this.options;
    throw new EvaluationError(reason, place, time, text === undefined ? undefined : textAt({ text }, place));
  }
}

function isRange(expr: Expression): expr is Selector | Subquery {
  return expr.kind === "subquery" || (expr.kind === "selector" && expr.range !== undefined);
}

/** `clamp` between bounds that are the wrong way round gives nothing. */
function whereOrdered(
  columns: readonly Evaluated[],
  [low, high]: readonly Float64Array[],
): readonly Evaluated[] {
  const isReversed = (step: number) => (high?.[step] ?? NaN) < (low?.[step] ?? NaN);
  return columns
    .map((column) => ({
      ...column,
      present: column.present.map((there, step) => (isReversed(step) ? 0 : there)),
    }))
    .filter(isThere);
}
