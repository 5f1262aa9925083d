import { allNodesOf, type Aggregation, type Expression, type Selector } from "./expression";
import { aggregationsWithParameter } from "./functions";
import type { Problem } from "./problem";
import { matchesEmpty, regexProblem } from "./regex";

/** What Prometheus refuses and its editor's checks let pass. */
export function furtherProblems(expr: Expression): Problem[] {
  return allNodesOf(expr).flatMap((node): Problem[] => {
    const messages = messagesOf(node);
    return messages.map((message) => ({ message, from: node.from, to: node.to }));
  });
}

function messagesOf(node: Expression): string[] {
  switch (node.kind) {
    case "selector":
      return ofSelector(node);
    case "aggregation":
      return ofAggregation(node);
    case "binary":
      return [node.left, node.right].some(isRange)
        ? ["binary expression must contain only scalar and instant vector types"]
        : [];
    case "unary":
      return isRange(node.expr)
        ? ["unary expression only allowed on expressions of type scalar or instant vector, got range vector"]
        : [];
    default:
      return [];
  }
}

function isRange(expr: Expression): boolean {
  return expr.kind === "subquery" || (expr.kind === "selector" && expr.range !== undefined);
}

function ofSelector({ name, matchers }: Selector): string[] {
  const broken = matchers.flatMap(({ operator, value }) =>
    operator === "=~" || operator === "!~" ? (regexProblem(value) ?? []) : [],
  );
  if (broken.length > 0) return broken.map((problem) => `error parsing regexp: ${problem}`);
  return name === "" && matchers.every(matchesEmpty)
    ? ["vector selector must contain at least one non-empty matcher"]
    : [];
}

function ofAggregation({ op, by, without, args }: Aggregation): string[] {
  const expected = aggregationsWithParameter.has(op) ? 2 : 1;
  const count =
    args.length === expected
      ? []
      : [
          `wrong number of arguments for aggregate expression provided, ` +
            `expected ${String(expected)}, got ${String(args.length)}`,
        ];
  const isUnnamed = [...(by ?? []), ...(without ?? [])].includes("");
  return isUnnamed ? [...count, 'invalid label name for grouping: ""'] : count;
}
