import type { BinaryExpr, BinaryOp, Expr as Node, LabelSelector } from "@grafana/promql-builder";

// The tree is that of @grafana/promql-builder; its own printer (0.0.6) is not used: it leaves out the parentheses of
// an empty `on ()`, prints a unary operand as "[object Object]", infinity as "null", a subquery without resolution
// as a range, and puts each operand in parentheses whether it needs them or not.

/** How strongly each operator binds, as in the Prometheus documentation, "Operator precedence". */
const precedence: Readonly<Record<BinaryOp, number>> = {
  or: 1,
  and: 2,
  unless: 2,
  "==": 3,
  "!=": 3,
  "<=": 3,
  "<": 3,
  ">=": 3,
  ">": 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  atan2: 5,
  "^": 6,
};

/** The expression in PromQL, with the parentheses that it needs and no other. */
export function render(node: Node): string {
  switch (node.type) {
    case "numberLiteralExpr":
      return number(node.value);
    case "stringLiteralExpr":
      return quoted(node.value);
    case "vectorExpr":
      return (
        node.metric +
        braces(node.labels) +
        range(node.range) +
        modifier("offset", node.offset) +
        modifier("@", node.at)
      );
    case "subqueryExpr":
      return (
        group(node.expr, needsParentheses(node.expr)) +
        range(`${node.range}:${node.resolution ?? ""}`) +
        modifier("offset", node.offset) +
        modifier("@", node.at)
      );
    case "aggregationExpr": {
      const grouping =
        node.without.length > 0
          ? ` without${list(node.without)} `
          : node.by.length > 0
            ? ` by${list(node.by)} `
            : "";
      const parameter = node.param === undefined ? "" : `${render(node.param)}, `;
      return `${node.op}${grouping}(${parameter}${render(node.expr)})`;
    }
    case "funcCallExpr":
      return `${node.function}(${node.args.map(render).join(", ")})`;
    case "unaryExpr":
      return node.op + group(node.expr, needsParentheses(node.expr));
    case "binaryExpr":
      return binary(node);
  }
}

function binary(node: BinaryExpr): string {
  const strength = precedence[node.op];
  const isRightAssociative = node.op === "^";
  const left = group(node.left, bindsLess(node.left, strength, isRightAssociative));
  const right = group(node.right, bindsLess(node.right, strength, !isRightAssociative));
  return `${left} ${node.op}${matching(node)} ${right}`;
}

/** Whether an operand must be put in parentheses under an operator of that strength. */
function bindsLess(operand: Node, strength: number, orEqually: boolean): boolean {
  if (operand.type === "binaryExpr") {
    const own = precedence[operand.op];
    return orEqually ? own <= strength : own < strength;
  }
  // A sign binds less than a power.
  return strength === precedence["^"] && isSigned(operand);
}

function needsParentheses(operand: Node): boolean {
  return operand.type === "binaryExpr" || isSigned(operand);
}

function isSigned(node: Node): boolean {
  return (
    node.type === "unaryExpr" ||
    (node.type === "numberLiteralExpr" && (node.value < 0 || Object.is(node.value, -0)))
  );
}

function group(node: Node, inParentheses: boolean): string {
  return inParentheses ? `(${render(node)})` : render(node);
}

function matching({ matchType, matchLabels, groupModifier, groupLabels }: BinaryExpr): string {
  if (matchType === undefined) return "";
  const match = ` ${matchType === "on" ? "on" : "ignoring"}${list(matchLabels ?? [])}`;
  return groupModifier === undefined ? match : `${match} group_${groupModifier}${list(groupLabels ?? [])}`;
}

function braces(labels: readonly LabelSelector[]): string {
  if (labels.length === 0) return "";
  return `{${labels.map(({ name, operator, value }) => name + operator + quoted(value)).join(", ")}}`;
}

function list(labels: readonly string[]): string {
  return ` (${labels.join(", ")})`;
}

function range(text: string): string {
  return text === "" ? "" : `[${text}]`;
}

function modifier(word: string, value: string): string {
  return value === "" ? "" : ` ${word} ${value}`;
}

function number(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? JSON.stringify(value) : value > 0 ? "Inf" : "-Inf";
}

/** A text in quotes. JSON's escapes are all among those of Go, which PromQL and LogQL have; a lone surrogate has no form in UTF-8. */
export function quoted(value: string): string {
  return JSON.stringify(value.replace(/\p{Surrogate}/gu, "\ufffd"));
}
