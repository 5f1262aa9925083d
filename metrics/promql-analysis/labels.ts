import { isScalar, type Aggregation, type Binary, type Call, type Expression } from "./expression";
import { choosingAggregations, isAbsence } from "./functions";
import { LabelSet } from "./label-set";

/** The labels of a series by its name; `LabelSet.any` for one that nothing is known of. */
export type SeriesLabels = (name: string) => LabelSet;

/** Finds the labels that the series of expressions may have, by what their metrics have and what is made of them. */
export class LabelAnalysis {
  private readonly found = new WeakMap<Expression, LabelSet>();

  constructor(private readonly seriesLabels: SeriesLabels = () => LabelSet.any) {}

  /** The labels of an expression's series, without the metric's name; none for a number. */
  of(expr: Expression): LabelSet {
    const known = this.found.get(expr);
    if (known !== undefined) return known;
    const labels = this.find(expr);
    this.found.set(expr, labels);
    return labels;
  }

  private find(expr: Expression): LabelSet {
    switch (expr.kind) {
      case "number":
      case "string":
        return LabelSet.none;
      case "selector":
        return expr.name === "" ? LabelSet.any : this.seriesLabels(expr.name);
      case "subquery":
      case "unary":
        return this.of(expr.expr);
      case "aggregation":
        return this.ofAggregation(expr);
      case "call":
        return this.ofCall(expr);
      case "binary":
        return this.ofBinary(expr);
      case "unknown":
        return LabelSet.any;
    }
  }

  private ofAggregation({ op, by, without, args }: Aggregation): LabelSet {
    const operand = args.at(-1);
    const inner = operand === undefined ? LabelSet.any : this.of(operand);
    if (choosingAggregations.has(op)) return inner;
    const kept = without === undefined ? inner.only(by ?? []) : inner.without(without);
    if (op !== "count_values") return kept;
    const [label] = args;
    return label?.kind === "string" ? kept.with([label.value]) : LabelSet.any;
  }

  private ofCall({ name, args }: Call): LabelSet {
    const vector = args.find((arg) => arg.kind !== "string" && !isScalar(arg));
    if (isAbsence(name)) return labelsOfAbsence(vector);
    if (vector === undefined || name === "vector" || name === "scalar") return LabelSet.none;
    const inner = this.of(vector);
    switch (name) {
      case "histogram_quantile":
      case "histogram_fraction":
        return inner.without(["le"]);
      case "histogram_quantiles":
        return inner.without(["le"]).with(textsOf(args).slice(0, 1));
      case "label_replace":
      case "label_join": {
        const [label] = textsOf(args);
        return label === undefined ? LabelSet.any : inner.with([label]);
      }
      case "info":
        return this.ofInfo(inner, args[1]);
      default:
        return inner;
    }
  }

  /** `info(v)` adds the labels of whatever `target_info` there is, `info(v, {a=~".+"})` those that it names. */
  private ofInfo(inner: LabelSet, wanted: Expression | undefined): LabelSet {
    return wanted?.kind === "selector" ? inner.with(wanted.matchers.map(({ label }) => label)) : LabelSet.any;
  }

  private ofBinary({ op, left, right, on, ignoring = [], groupLeft, groupRight, fills }: Binary): LabelSet {
    const [ofLeft, ofRight] = [this.of(left), this.of(right)];
    if (isScalar(left)) return ofRight;
    if (isScalar(right) || op === "and" || op === "unless") return ofLeft;
    if (op === "or") return ofLeft.or(ofRight);
    if (groupLeft !== undefined) return ofLeft.with(groupLeft);
    if (groupRight !== undefined) return ofRight.with(groupRight);
    const matched = fills === undefined ? ofLeft.and(ofRight) : ofLeft.or(ofRight);
    return on === undefined ? matched.without(ignoring) : matched.only(on);
  }
}

/** `absent(x{a="b"})` is `{a="b"}`: of the labels that are compared for equality, those with one value. */
function labelsOfAbsence(of: Expression | undefined): LabelSet {
  if (of?.kind !== "selector") return LabelSet.none;
  const labels = of.matchers.map(({ label }) => label);
  const equal = of.matchers.filter(({ operator, value }) => operator === "=" && value !== "");
  return LabelSet.of(
    ...equal.map(({ label }) => label).filter((label) => labels.indexOf(label) === labels.lastIndexOf(label)),
  );
}

function textsOf(args: readonly Expression[]): string[] {
  return args.flatMap((arg) => (arg.kind === "string" ? [arg.value] : []));
}

/** Whether a binary operator matches series with series. */
export function matchesSeries({ op, left, right }: Binary): boolean {
  return op === "and" || op === "or" || op === "unless" || (!isScalar(left) && !isScalar(right));
}
