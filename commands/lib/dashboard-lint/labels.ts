import { objectiveSeries, windowOf } from "../../../metrics/objectives";
import { records } from "../../../metrics/recorded";
import { labelsOfMetric } from "./catalogue";
import { bare, PromQl, type Node } from "./promql";

/** The labels of a series of the catalogue, or of a recorded one; undefined for any other. */
export function labelsOfSeries(series: string): ReadonlySet<string> | undefined {
  if (!series.includes(":")) return labelsOfMetric(series);
  // Which windows there are, the environment says; all have the same labels.
  const recorded = windowOf(series) === undefined ? series : objectiveSeries.overWindow.name;
  return recordedLabels().get(recorded);
}

/**
 * The labels that the series of an expression may have, by what its aggregations keep and its metrics have.
 * Undefined where that is not known.
 */
export function labelsOf(
  promql: PromQl,
  operand: Node | null = promql.root.firstChild,
): Set<string> | undefined {
  if (operand === null) return undefined;
  const node = bare(operand);
  switch (node.name) {
    case "NumberDurationLiteral":
    case "StringLiteral":
      return new Set();
    case "VectorSelector": {
      const labels = labelsOfSeries(promql.metric(node));
      return labels && new Set(labels);
    }
    case "MatrixSelector":
    case "SubqueryExpr":
    case "OffsetExpr":
    case "StepInvariantExpr":
      return labelsOf(promql, node.firstChild);
    case "UnaryExpr":
      return labelsOf(promql, node.lastChild);
    case "AggregateExpr":
      return ofAggregation(promql, node);
    case "FunctionCall":
      return ofCall(promql, node);
    case "BinaryExpr": {
      const [left, right] = [labelsOf(promql, node.firstChild), labelsOf(promql, node.lastChild)];
      return left && right && ofOperation(promql, node, left, right);
    }
    default:
      return undefined;
  }
}

function ofAggregation(promql: PromQl, node: Node): Set<string> | undefined {
  const { kind, labels } = promql.grouping(node);
  const operation = promql.operation(node);
  const all = labelsOf(promql, promql.arguments(node).at(-1));
  if (operation === "topk" || operation === "bottomk" || operation.startsWith("limit")) return all;
  if (operation === "count_values") return undefined;
  if (kind === "by") return new Set(labels);
  return all && new Set([...all].filter((label) => !labels.includes(label)));
}

function ofCall(promql: PromQl, node: Node): Set<string> | undefined {
  const operation = promql.operation(node);
  if (operation === "label_replace" || operation === "label_join" || operation === "absent") return undefined;
  if (operation === "scalar" || operation === "vector" || operation === "time") return new Set();
  const operands = promql.arguments(node);
  const of = operands.find(({ name }) => name !== "NumberDurationLiteral" && name !== "StringLiteral");
  const labels = of && labelsOf(promql, of);
  if (operation.startsWith("histogram_quantile")) labels?.delete("le");
  return labels;
}

function ofOperation(promql: PromQl, node: Node, left: Set<string>, right: Set<string>): Set<string> {
  if (node.getChild("And") !== null || node.getChild("Unless") !== null) return left;
  if (node.getChild("Or") !== null) return new Set([...left, ...right]);
  const clause = node.getChild("MatchingModifierClause");
  if (clause === null) return left.size === 0 ? right : left;
  const [matched = [], included = []] = promql.groupingLabels(clause);
  if (clause.getChild("GroupLeft") !== null) return new Set([...left, ...included]);
  if (clause.getChild("GroupRight") !== null) return new Set([...right, ...included]);
  return clause.getChild("On") !== null
    ? new Set(matched)
    : new Set([...left].filter((label) => !matched.includes(label)));
}

let recorded: ReadonlyMap<string, ReadonlySet<string>> | undefined;

/** Made at first use: a recording rule's labels are those that its expression leaves. */
function recordedLabels(): ReadonlyMap<string, ReadonlySet<string>> {
  recorded ??= new Map([
    ...Object.values(records).map(
      ({ name, expr }) => [name, labelsOf(new PromQl(expr.toString())) ?? new Set<string>()] as const,
    ),
    ...Object.values(objectiveSeries).map(({ name, labels }) => [name, new Set<string>(labels)] as const),
  ]);
  return recorded;
}
