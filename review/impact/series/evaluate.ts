import {
  choosingAggregations,
  isAbsence,
  isComparison,
  isScalar,
  type Aggregation,
  type Binary,
  type Call,
  type Expression,
  type Matcher,
  type Selector,
} from "../../../metrics/promql-analysis";
import { canHold, computed, ofAggregation, ofFunction, type Known } from "./constants";
import { filtered, heldBack, Operation } from "./operation";
import {
  anything,
  distinct,
  matched,
  mayHave,
  only,
  partBy,
  partOf,
  unlabelled,
  withLabel,
  without,
  type PossibleSeries,
} from "./possible";
import { aggregated, called, operated, shifted } from "./terms";

/** The number before the sign. */
const zero: PossibleSeries = { ...unlabelled, value: 0 };

/** Whether an expression can give a series: `unknown` where it reads what nobody here knows. */
export type Answer = "can" | "cannot" | "unknown";

/** The series that there may be of a name. */
export type SeriesByName = (name: string) => readonly PossibleSeries[];

/** Evaluates expressions over the series that there may be: whatever Prometheus may give is in what it gives. */
export class Evaluation {
  private readonly found = new WeakMap<Expression, readonly PossibleSeries[]>();

  /**
   * @param seriesOf the series of a name; none where there can be none
   * @param isOpen whether a matcher's value is known to those only who look: it has a variable
   */
  constructor(
    private readonly seriesOf: SeriesByName,
    private readonly isOpen: (matcher: Matcher) => boolean = () => false,
  ) {}

  /** Whether an expression can give anything. */
  answer(expr: Expression): Answer {
    const series = this.of(expr);
    if (series.length === 0) return "cannot";
    return series.some(({ isUnsure }) => isUnsure !== true) ? "can" : "unknown";
  }

  /** The series that an expression may give; a number is one without labels. */
  of(expr: Expression): readonly PossibleSeries[] {
    const known = this.found.get(expr);
    if (known !== undefined) return known;
    const series = distinct(this.find(expr));
    this.found.set(expr, series);
    return series;
  }

  /** The series that a selector chooses. */
  chosen({ name, matchers }: Selector): readonly PossibleSeries[] {
    return this.choose(name === "" ? [anything] : this.seriesOf(name), matchers);
  }

  /** The series of some that matchers choose. */
  choose(all: readonly PossibleSeries[], matchers: readonly Matcher[]): readonly PossibleSeries[] {
    const open = matchers.filter(this.isOpen);
    const closed = matchers.filter((matcher) => !open.includes(matcher));
    return all.flatMap((series) => {
      let chosen: PossibleSeries | undefined = series;
      for (const matcher of closed) chosen = chosen && matched(chosen, matcher);
      for (const matcher of open) chosen = chosen && partBy(chosen, matcher);
      return chosen ?? [];
    });
  }

  private find(expr: Expression): readonly PossibleSeries[] {
    switch (expr.kind) {
      case "number":
        return [{ ...unlabelled, value: expr.value, isAlways: true }];
      case "string":
        return [{ ...unlabelled, isAlways: true }];
      case "unknown":
        return [anything];
      case "selector":
        return this.chosen(expr).map((series) => ({ ...series, term: shifted(series.term, expr) }));
      case "subquery":
        return this.of(expr.expr).map((series) => ({ ...series, term: shifted(series.term, expr) }));
      case "unary":
        return this.of(expr.expr).map((series) =>
          expr.op === "+"
            ? series
            : { ...series, value: computed("-", 0, series.value), term: operated("-", zero, series) },
        );
      case "aggregation":
        return this.ofAggregation(expr);
      case "call":
        return this.ofCall(expr);
      case "binary":
        return isScalar(expr.left) || isScalar(expr.right) ? this.withNumber(expr) : this.ofBinary(expr);
    }
  }

  private ofAggregation({ op, by, without: dropped, args }: Aggregation): readonly PossibleSeries[] {
    const operand = args.at(-1);
    if (operand === undefined) return [anything];
    const inner = this.of(operand);
    const value = ofAggregation(
      op,
      inner.map((series) => series.value),
    );
    if (choosingAggregations.has(op)) return inner.map(partOf);
    const kept = inner.map((series) =>
      dropped === undefined ? only(series, by ?? []) : without(series, dropped),
    );
    const terms = args.length === 1 ? aggregated(op, inner, kept) : [];
    return kept.map((series, index) => {
      const [label] = args;
      const counted = op === "count_values" && label?.kind === "string";
      return {
        ...(counted ? withLabel(series, label.value, "any") : series),
        value,
        term: terms[index]?.term,
        part: terms[index]?.part,
      };
    });
  }

  private ofCall({ name, args }: Call): readonly PossibleSeries[] {
    const vector = args.find((arg) => arg.kind !== "string" && !isScalar(arg));
    if (isAbsence(name)) return this.ofAbsence(vector);
    const [first] = args;
    if (name === "vector") return [{ ...unlabelled, value: first && this.numberOf(first), isAlways: true }];
    if (name === "scalar") {
      // Of what is not there it makes NaN.
      const inner = first === undefined ? [anything] : this.of(first);
      const value =
        inner.length === 0
          ? NaN
          : ofAggregation(
              "max",
              inner.map((each) => each.value),
            );
      return [{ ...unlabelled, value, isAlways: true }];
    }
    // `time()`, `hour()`.
    if (vector === undefined) return [{ ...unlabelled, isAlways: true }];
    const numbers = args.filter(isScalar).map((each) => this.numberOf(each));
    const inner = this.of(vector).map((series) => ({
      ...series,
      value: ofFunction(name, series.value, numbers),
      term: called(name, args, series),
    }));
    switch (name) {
      case "histogram_quantile":
      case "histogram_fraction":
      case "histogram_quantiles":
        // Where buckets are summed up over their bounds, nothing is left of them.
        return inner
          .filter((series) => series.isUnsure === true || mayHave(series, "le"))
          .map((series) => ({
            ...without(series, ["le"]),
            value: undefined,
            isOpen: series.isOpen || name === "histogram_quantiles",
          }));
      case "label_replace":
      case "label_join": {
        const [label] = args.flatMap((arg) => (arg.kind === "string" ? [arg.value] : []));
        return inner.map((series) => withLabel(series, label ?? "", "any"));
      }
      case "info":
        return inner.map((series) => ({ ...series, isOpen: true }));
      default:
        return inner;
    }
  }

  /** What can never be there is absent at all times. */
  private ofAbsence(of: Expression | undefined): readonly PossibleSeries[] {
    const inner = of === undefined ? [anything] : this.of(of);
    if (inner.some(({ isAlways }) => isAlways === true)) return [];
    const labels = of?.kind === "selector" ? of.matchers.filter(({ operator }) => operator === "=") : [];
    const isUnsure = inner.length > 0 && inner.every((series) => series.isUnsure === true);
    return [
      {
        labels: new Map(
          labels.map((matcher) => [matcher.label, this.isOpen(matcher) ? "any" : new Set([matcher.value])]),
        ),
        isOpen: false,
        value: 1,
        isAlways: inner.length === 0,
        isUnsure,
      },
    ];
  }

  private numberOf(expr: Expression): Known {
    return this.of(expr)[0]?.value;
  }

  private withNumber({ op, left, right, isBool }: Binary): readonly PossibleSeries[] {
    const [number, isLeft] = isScalar(right) ? [this.numberOf(right), false] : [this.numberOf(left), true];
    const isFiltering = isComparison(op) && !isBool && !(isScalar(left) && isScalar(right));
    return this.of(isScalar(right) ? left : right).flatMap((series): readonly PossibleSeries[] => {
      const [one, other] = isLeft ? [number, series.value] : [series.value, number];
      if (!isFiltering) {
        const scalar = { ...unlabelled, value: number };
        const term = isLeft ? operated(op, scalar, series) : operated(op, series, scalar);
        return [{ ...series, value: computed(op, one, other), term }];
      }
      if (!canHold(op, one, other)) return [];
      return [filtered(series, one !== undefined && other !== undefined)];
    });
  }

  private ofBinary(binary: Binary): readonly PossibleSeries[] {
    const { op, fills } = binary;
    const [left, right] = [this.of(binary.left), this.of(binary.right)];
    // What stands for what is missing is not there at all times.
    if (op === "or") return [...left, ...(left.length === 0 ? right : right.map(heldBack))];
    if (op === "unless") return right.length === 0 ? left : left.map(heldBack);
    if (fills !== undefined)
      return [...left, ...right].map((series) => ({
        ...partOf(series),
        value: undefined,
        term: undefined,
        isOpen: true,
      }));
    const operation = new Operation(binary);
    return left.flatMap((one) => right.flatMap((other) => operation.of(one, other) ?? []));
  }
}
