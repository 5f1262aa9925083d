import { bare, childrenOf, type Node, type PromQl } from "../promql";
import type { Rule } from "../rule";

/** A division by 0 is drawn as infinity or leaves NaN, on an idle system above all. */
export const safeRatio: Rule = {
  name: "safe-ratio",
  summary: "What is divided by cannot be 0: a number, a count, or something filtered by > 0.",
  check({ queries }) {
    return queries.flatMap(({ panel, source, promql }) =>
      promql
        .all("BinaryExpr")
        .filter((node) => node.getChild("Div") !== null || node.getChild("Mod") !== null)
        .flatMap((node) => {
          const divisor = node.lastChild;
          if (divisor === null || isNeverZero(promql, divisor) || isGuarded(promql, node, divisor)) return [];
          return [{ panel, message: `${source}: ${promql.show(divisor)} may be 0; divide by (… > 0)` }];
        }),
    );
  },
};

function isNeverZero(promql: PromQl, operand: Node): boolean {
  const node = bare(operand);
  switch (node.name) {
    case "NumberDurationLiteral":
      return Number(promql.raw(node)) !== 0;
    case "UnaryExpr":
      return node.lastChild !== null && isNeverZero(promql, node.lastChild);
    case "BinaryExpr":
      return isNeverZeroOperation(promql, node);
    case "FunctionCall": {
      const [first, least] = promql.arguments(node);
      if (first === undefined) return promql.operation(node) === "time";
      return promql.operation(node) === "clamp_min"
        ? least !== undefined && Number(promql.raw(least)) > 0
        : ["abs", "vector", "scalar", "sqrt"].includes(promql.operation(node)) && isNeverZero(promql, first);
    }
    case "AggregateExpr": {
      const operation = promql.operation(node);
      if (operation === "count" || operation === "group") return true;
      const of = promql.arguments(node).at(-1);
      return ["sum", "min", "max", "avg"].includes(operation) && of !== undefined && isNeverZero(promql, of);
    }
    default:
      return false;
  }
}

function isNeverZeroOperation(promql: PromQl, node: Node): boolean {
  const [left, right] = [node.firstChild, node.lastChild];
  if (left === null || right === null) return false;
  if (node.getChild("BoolModifier") !== null) return false;
  const bound = Number(promql.raw(bare(right)));
  if (node.getChild("Gtr") !== null) return bound >= 0;
  if (node.getChild("Gte") !== null) return bound > 0;
  if (node.getChild("Lss") !== null) return bound <= 0;
  if (node.getChild("Lte") !== null) return bound < 0;
  if (node.getChild("Neq") !== null) return bound === 0;
  if (node.getChild("And") !== null || node.getChild("Unless") !== null) return isNeverZero(promql, left);
  const isProduct =
    node.getChild("Mul") !== null || node.getChild("Div") !== null || node.getChild("Or") !== null;
  return isProduct && isNeverZero(promql, left) && isNeverZero(promql, right);
}

/** `a / b and b > 0` */
function isGuarded(promql: PromQl, division: Node, divisor: Node): boolean {
  let node: Node = division;
  while (node.parent?.name === "ParenExpr") node = node.parent;
  const { parent } = node;
  if (parent?.name !== "BinaryExpr" || parent.getChild("And") === null) return false;
  const guard = parent.lastChild && bare(parent.lastChild);
  const text = (each: Node) => promql.raw(bare(each)).replace(/\s/g, "");
  return (
    guard?.name === "BinaryExpr" &&
    isNeverZeroOperation(promql, guard) &&
    childrenOf(guard)[0] !== undefined &&
    text(childrenOf(guard)[0] ?? guard) === text(divisor)
  );
}
