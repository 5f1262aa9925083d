import { catalogue } from "../../metrics/catalogue";
import { familyOf } from "../../metrics/families";
import { targetLabels } from "../../metrics/targets";
import { isSetOperator, type Binary, type Expression } from "./expression";

/** The labels that series may have; undefined where nobody knows, as a metric is in no catalogue. */
export type Labels = ReadonlySet<string> | undefined;

/** Labels of recorded series, by name. */
export type RecordedLabels = ReadonlyMap<string, Labels>;

const none: Labels = new Set();
/** Functions that give a number, or a vector of one. */
const withoutLabels = ["time", "scalar", "vector", "pi"];

/** The labels that the series of an expression may have. */
export function labelsOf(expr: Expression, recorded: RecordedLabels): Labels {
  switch (expr.kind) {
    case "number":
    case "string":
      return none;
    case "selector":
      return recorded.has(expr.name) ? recorded.get(expr.name) : ofMetric(expr.name);
    case "subquery":
    case "unary":
      return labelsOf(expr.expr, recorded);
    case "aggregation": {
      const inner = labelsOf(expr.args.at(-1) ?? { kind: "number" }, recorded);
      if (["topk", "bottomk", "limitk"].includes(expr.op)) return inner;
      if (expr.without !== undefined) return less(inner, expr.without);
      return new Set(expr.by);
    }
    case "call":
      return ofCall(expr.name, expr.args, recorded);
    case "binary":
      return ofBinary(expr, recorded);
  }
}

/** Whether an expression is a number, which has no series to match. */
export function isNumber(expr: Expression): boolean {
  switch (expr.kind) {
    case "number":
      return true;
    case "call":
      return ["time", "scalar", "pi"].includes(expr.name);
    case "unary":
      return isNumber(expr.expr);
    case "binary":
      return isNumber(expr.left) && isNumber(expr.right);
    default:
      return false;
  }
}

function ofMetric(name: string): Labels {
  const family = familyOf(name);
  if (family === undefined) return undefined;
  const { labels, type } = catalogue[family];
  const own = name.endsWith("_bucket") ? ["le"] : type === "summary" && name === family ? ["quantile"] : [];
  return new Set([...Object.keys(labels), ...targetLabels, ...own]);
}

function ofCall(name: string, args: readonly Expression[], recorded: RecordedLabels): Labels {
  if (withoutLabels.includes(name)) return none;
  const vector = args.find((arg) => arg.kind !== "string" && !isNumber(arg));
  if (name === "absent" || name === "absent_over_time") {
    const matchers = vector?.kind === "selector" ? vector.matchers : [];
    return new Set(matchers.flatMap(({ label, op }) => (op === "=" ? [label] : [])));
  }
  const inner = vector === undefined ? none : labelsOf(vector, recorded);
  if (name === "histogram_quantile") return less(inner, ["le"]);
  // They may add a label, whose name is in a text.
  return name === "label_replace" || name === "label_join" ? undefined : inner;
}

function ofBinary(
  { op, left, right, on, ignoring, groupLeft, groupRight }: Binary,
  recorded: RecordedLabels,
): Labels {
  const [ofLeft, ofRight] = [labelsOf(left, recorded), labelsOf(right, recorded)];
  if (isNumber(left)) return ofRight;
  if (isNumber(right) || op === "and" || op === "unless") return ofLeft;
  if (op === "or") return ofLeft && ofRight && new Set([...ofLeft, ...ofRight]);
  if (groupLeft !== undefined) return ofLeft && new Set([...ofLeft, ...groupLeft]);
  if (groupRight !== undefined) return ofRight && new Set([...ofRight, ...groupRight]);
  if (on !== undefined) return new Set(on);
  return less(ofLeft, ignoring ?? []);
}

function less(labels: Labels, dropped: readonly string[]): Labels {
  return labels && new Set([...labels].filter((label) => !dropped.includes(label)));
}

/** Whether a binary operator matches series with series. */
export function matchesSeries({ op, left, right }: Binary): boolean {
  return isSetOperator(op) || (!isNumber(left) && !isNumber(right));
}
