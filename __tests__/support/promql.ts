import type { SyntaxNode } from "@lezer/common";
import type { BinaryExpr, Expr as Node } from "@grafana/promql-builder";
import type { LRParser } from "@lezer/lr";

// The package has a CommonJS build, but declares types for ES modules only.
const { parser } = jest.requireActual<{ readonly parser: LRParser }>("@prometheus-io/lezer-promql");

/** What Grafana would put for its variables of time; names in label values stay as they are. */
const macros: Readonly<Record<string, string>> = { __rate_interval: "1m", __interval: "15s", __range: "6h" };

/** The query as Grafana would send it, as far as the grammar needs it. */
export function interpolated(query: string): string {
  return query.replace(
    /\$(__rate_interval|__interval|__range)\b/g,
    (whole, name: string) => macros[name] ?? whole,
  );
}

/** Where the grammar finds errors in a query; empty for a valid one. */
export function syntaxErrors(query: string): string[] {
  const text = interpolated(query);
  const errors: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, from, to }) => {
      if (type.isError) errors.push(`at ${String(from)}: "${text.slice(from, to + 20)}" in ${text}`);
    },
  });
  return errors;
}

/** The query's structure as the grammar reads it, each operator with its operands in parentheses. */
export function parsedStructure(query: string): string {
  const text = interpolated(query);
  const top = parser.parse(text).topNode.firstChild;
  if (top === null) throw new Error(`Nothing to parse in "${text}".`);
  return ofTree(top, text);
}

/** The structure that a tree was meant to have, in the form of `parsedStructure`. */
export function intendedStructure(node: Node): string {
  switch (node.type) {
    case "numberLiteralExpr":
      return String(node.value);
    case "stringLiteralExpr":
      return JSON.stringify(node.value);
    case "unaryExpr":
      return `(${node.op} ${intendedStructure(node.expr)})`;
    case "vectorExpr": {
      const labels = node.labels.map(({ name, operator, value }) => name + operator + JSON.stringify(value));
      const vector = `${node.metric}{${labels.join()}}`;
      const range = node.range === "" ? vector : `range(${vector}, ${interpolated(node.range)})`;
      return node.offset === "" ? range : `offset(${range}, ${node.offset})`;
    }
    case "subqueryExpr": {
      const parts = [node.range, ...(node.resolution === undefined ? [] : [node.resolution])].map(
        interpolated,
      );
      const samples = `subquery(${[intendedStructure(node.expr), ...parts].join(", ")})`;
      return node.at === "" ? samples : `at(${samples}, ${node.at})`;
    }
    case "funcCallExpr":
      return `${node.function}(${node.args.map(intendedStructure).join(", ")})`;
    case "aggregationExpr": {
      const labels =
        node.without.length > 0
          ? ` without(${node.without.join()})`
          : node.by.length > 0
            ? ` by(${node.by.join()})`
            : "";
      const args = node.param === undefined ? [node.expr] : [node.param, node.expr];
      return `${node.op}${labels}(${args.map(intendedStructure).join(", ")})`;
    }
    case "binaryExpr":
      return `(${intendedStructure(node.left)} ${node.op}${intendedMatching(node)} ${intendedStructure(node.right)})`;
  }
}

function intendedMatching({
  matchType,
  matchLabels = [],
  groupModifier,
  groupLabels = [],
}: BinaryExpr): string {
  if (matchType === undefined) return "";
  const match = ` ${matchType === "on" ? "on" : "ignoring"}(${matchLabels.join()})`;
  return groupModifier === undefined ? match : `${match} group_${groupModifier}(${groupLabels.join()})`;
}

function ofTree(node: SyntaxNode, text: string): string {
  const own = text.slice(node.from, node.to);
  const children = childrenOf(node);
  const inner = () => children.map((child) => ofTree(child, text));
  switch (node.name) {
    case "ParenExpr":
    case "DurationExpr":
    case "OffsetDurationExpr":
      return inner().join("");
    case "NumberDurationLiteral":
      return String(own === "Inf" ? Infinity : own === "-Inf" ? -Infinity : Number(own));
    case "NumberDurationLiteralInDurationContext":
      return own;
    case "UnaryExpr":
      return ofUnary(inner());
    case "UnaryOp":
      return own;
    case "VectorSelector":
      return ofSelector(node, text);
    case "MatrixSelector":
      return `range(${inner().join(", ")})`;
    case "SubqueryExpr":
      return `subquery(${inner().join(", ")})`;
    case "OffsetExpr":
      return `offset(${children
        .filter(({ name }) => name !== "Offset")
        .map((child) => ofTree(child, text))
        .join(", ")})`;
    case "StepInvariantExpr":
      return `at(${children
        .filter(({ name }) => name !== "At")
        .map((child) => ofTree(child, text))
        .join(", ")})`;
    case "AtModifierPreprocessors":
      // Without its parentheses, which are no nodes.
      return `${own}()`;
    case "FunctionCall":
      return inner().join("");
    case "FunctionIdentifier":
    case "AggregateOp":
      return own;
    case "FunctionCallBody":
      return `(${inner().join(", ")})`;
    case "AggregateExpr":
      return inner().join("");
    case "AggregateModifier":
      return ` ${inner().join("")}`;
    case "GroupingLabels":
      return `(${children.map(({ from, to }) => text.slice(from, to)).join()})`;
    case "MatchingModifierClause":
      return ` ${inner().join("").replace(")group", ") group")}`;
    case "By":
    case "Without":
    case "On":
    case "Ignoring":
    case "GroupLeft":
    case "GroupRight":
      return own;
    case "BinaryExpr": {
      const parts = children.map((child, index) =>
        index > 0 && index < children.length - 1 ? operatorOf(child, text) : ofTree(child, text),
      );
      return `(${parts[0] ?? ""} ${parts.slice(1, -1).join("")} ${parts.at(-1) ?? ""})`;
    }
    default:
      throw new Error(`No rule for ${node.name} in "${text}".`);
  }
}

function operatorOf(node: SyntaxNode, text: string): string {
  return node.name === "MatchingModifierClause" ? ofTree(node, text) : text.slice(node.from, node.to);
}

/** A sign before a number is the number's. */
function ofUnary([sign = "", operand = ""]: readonly string[]): string {
  return sign === "-" && /^[0-9.e+-]+$|^Infinity$/.test(operand) ? `-${operand}` : `(${sign} ${operand})`;
}

function ofSelector(node: SyntaxNode, text: string): string {
  const [name, matchers] = childrenOf(node);
  const labels = (matchers === undefined ? [] : childrenOf(matchers)).map((matcher) => {
    const [label = "", operator = "", value = ""] = childrenOf(matcher).map(({ from, to }) =>
      text.slice(from, to),
    );
    return label + operator + JSON.stringify(JSON.parse(value));
  });
  return `${name === undefined ? "" : text.slice(name.from, name.to)}{${labels.join()}}`;
}

function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) children.push(child);
  return children;
}
