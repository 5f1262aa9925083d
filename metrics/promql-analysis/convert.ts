import type { SyntaxNode } from "@lezer/common";
import type { Binary, Duration, Expression, Matcher, Place, Selector, Unary } from "./expression";
import { durationOf, isComputed } from "./duration-expression";
import { experimentalAggregations, experimentalFunctions } from "./functions";
import { numberOf } from "./numbers";
import type { Feature, FeatureUse, Problem } from "./problem";
import { childrenOf } from "./tree";
import { unquote } from "./unquote";

/** An expression from the tree of its text, with what is found wrong on the way. */
export class Conversion {
  readonly problems: Problem[] = [];
  readonly features: FeatureUse[] = [];

  constructor(private readonly text: string) {}

  /** The expression that a node stands for; `unknown` for a node that this does not know. */
  convert(node: SyntaxNode | null | undefined): Expression {
    if (!node) return { kind: "unknown", from: 0, to: this.text.length };
    const children = childrenOf(node);
    const place = placeOf(node);
    switch (node.name) {
      case "NumberDurationLiteral":
        return { kind: "number", value: numberOf(this.textOf(node)), ...place };
      case "StringLiteral":
        return { kind: "string", value: this.string(node), ...place };
      case "ParenExpr":
        return { ...this.convert(children[0]), inParentheses: true };
      case "UnaryExpr": {
        const op = this.textOf(children[0]) === "-" ? "-" : "+";
        return { kind: "unary", op, expr: this.convert(children.at(-1)), ...place };
      }
      case "VectorSelector":
        return this.selector(node);
      case "MatrixSelector":
        return this.onLast(this.convert(children[0]), node, (operand) => this.withRange(operand, node));
      case "SubqueryExpr":
        return this.onLast(this.convert(children[0]), node, (operand) => this.subquery(operand, node));
      case "OffsetExpr":
        return this.onLast(this.convert(children[0]), node, (operand) => this.withOffset(operand, node));
      case "StepInvariantExpr":
        return this.onLast(this.convert(children[0]), node, (operand) => this.withTime(operand, node));
      case "AnchoredExpr":
      case "SmoothedExpr": {
        const modifier = this.textOf(children.at(-1));
        this.uses("promql-extended-range-selectors", modifier, node);
        return this.onLast(this.convert(children[0]), node, (operand) => {
          if (operand.kind !== "selector" || operand.inParentheses)
            this.wrong(
              `${modifier} modifier must be preceded by an instant selector or range selector`,
              node,
            );
          return operand;
        });
      }
      case "FunctionCall": {
        const name = this.textOf(node.getChild("FunctionIdentifier"));
        if (experimentalFunctions.has(name)) this.uses("promql-experimental-functions", `${name}()`, node);
        return { kind: "call", name, args: this.arguments(node), ...place };
      }
      case "AggregateExpr":
        return this.aggregation(node);
      case "BinaryExpr":
        return this.binary(node);
      default:
        return { kind: "unknown", ...place };
    }
  }

  /**
   * What stands behind an operand belongs to it alone: in `a < b offset 1d` to b. The grammar takes it for that of the
   * whole.
   */
  private onLast(expr: Expression, node: SyntaxNode, apply: (operand: Expression) => Expression): Expression {
    if (!expr.inParentheses && expr.kind === "binary")
      return { ...expr, right: this.onLast(expr.right, node, apply), to: node.to };
    if (!expr.inParentheses && expr.kind === "unary")
      return { ...expr, expr: this.onLast(expr.expr, node, apply), to: node.to };
    return apply(expr);
  }

  private withRange(operand: Expression, node: SyntaxNode): Expression {
    const range = this.positive(node.getChild("DurationExpr"));
    if (operand.kind !== "selector" || operand.inParentheses || operand.range !== undefined) {
      this.wrong("ranges only allowed for vector selectors", node);
      return { kind: "unknown", ...placeOf(node) };
    }
    if (operand.offset !== undefined) this.wrong("no offset modifiers allowed before range", node);
    if (operand.at !== undefined) this.wrong("no @ modifiers allowed before range", node);
    return { ...operand, range, to: node.to };
  }

  private subquery(operand: Expression, node: SyntaxNode): Expression {
    const [range, step] = node.getChildren("DurationExpr");
    return {
      kind: "subquery",
      expr: operand,
      range: this.positive(range),
      ...(step !== undefined && { step: this.positive(step) }),
      from: operand.from,
      to: node.to,
    };
  }

  private withOffset(operand: Expression, node: SyntaxNode): Expression {
    const offset = this.duration(node.getChild("OffsetDurationExpr"));
    if (!this.canBeShifted(operand, "offset modifier", node)) return operand;
    if (operand.offset !== undefined) this.wrong("offset may not be set multiple times", node);
    return { ...operand, offset, to: node.to };
  }

  private withTime(operand: Expression, node: SyntaxNode): Expression {
    if (!this.canBeShifted(operand, "@ modifier", node)) return operand;
    if (operand.at !== undefined) this.wrong("@ <timestamp> may not be set multiple times", node);
    const end = node.getChild("AtModifierPreprocessors");
    if (end !== null) return { ...operand, at: this.textOf(end) === "start" ? "start" : "end", to: node.to };
    const at = numberOf(this.textOf(node.getChild("NumberDurationLiteral")));
    // Milliseconds in 64 bits.
    if (!(Math.abs(at) < 2 ** 63 / 1000)) this.wrong("timestamp out of bounds for @ modifier", node);
    return { ...operand, at, to: node.to };
  }

  private canBeShifted(
    operand: Expression,
    what: string,
    node: SyntaxNode,
  ): operand is Extract<Expression, { kind: "selector" | "subquery" }> {
    if ((operand.kind === "selector" || operand.kind === "subquery") && !operand.inParentheses) return true;
    if (operand.kind !== "unknown")
      this.wrong(
        `${what} must be preceded by an instant vector selector or range vector selector or a subquery`,
        node,
      );
    return false;
  }

  private selector(node: SyntaxNode): Selector {
    const list = node.getChild("LabelMatchers");
    const named = node.getChild("Identifier");
    const quoted = list?.getChild("QuotedLabelName") ?? null;
    const all = [
      ...(list?.getChildren("UnquotedLabelMatcher") ?? []),
      ...(list?.getChildren("QuotedLabelMatcher") ?? []),
    ]
      .sort((one, other) => one.from - other.from)
      .map((matcher) => this.matcher(matcher));
    if (named !== null && (quoted !== null || all.some(({ label }) => label === "__name__")))
      this.wrong("metric name must not be set twice", node);
    const byMatcher = all.find(
      ({ label, operator, value }) => label === "__name__" && operator === "=" && value !== "",
    );
    const name =
      named !== null ? this.textOf(named) : quoted !== null ? this.string(quoted) : byMatcher?.value;
    return {
      kind: "selector",
      name: name ?? "",
      matchers: all.filter((matcher) => matcher !== byMatcher),
      ...placeOf(node),
    };
  }

  private matcher(node: SyntaxNode): Matcher {
    const [label, operator, value] = childrenOf(node);
    return {
      label: this.label(label),
      operator: this.textOf(operator) as Matcher["operator"],
      value: value === undefined ? "" : this.string(value),
      ...placeOf(node),
    };
  }

  private aggregation(node: SyntaxNode): Expression {
    const op = this.textOf(node.getChild("AggregateOp")).toLowerCase();
    if (experimentalAggregations.has(op)) this.uses("promql-experimental-functions", `${op}()`, node);
    const modifier = node.getChild("AggregateModifier");
    const labels = this.labels(modifier?.getChild("GroupingLabels"));
    return {
      kind: "aggregation",
      op,
      ...(modifier?.getChild("By") && { by: labels }),
      ...(modifier?.getChild("Without") && { without: labels }),
      args: this.arguments(node),
      ...placeOf(node),
    };
  }

  private binary(node: SyntaxNode): Binary | Unary {
    const children = childrenOf(node);
    const matching = childrenOf(node.getChild("MatchingModifierClause"));
    const after = (name: string) => {
      const index = matching.findIndex((child) => child.name === name);
      if (index === -1) return undefined;
      const next = matching[index + 1];
      return next?.name === "GroupingLabels" ? this.labels(next) : [];
    };
    const fill = node.getChild("FillModifier");
    if (fill !== null) this.uses("promql-binop-fill-modifiers", "fill()", fill);
    const fills = (side: string) =>
      fill !== null && (fill.getChild("FillClause") ?? fill.getChild(side)) !== null;
    const binary: Binary = {
      kind: "binary",
      op: this.textOf(children[1]).toLowerCase(),
      isBool: node.getChild("BoolModifier") !== null,
      left: this.convert(children[0]),
      right: this.convert(children.at(-1)),
      on: after("On"),
      ignoring: after("Ignoring"),
      groupLeft: after("GroupLeft"),
      groupRight: after("GroupRight"),
      ...(fill !== null && { fills: { left: fills("FillLeftClause"), right: fills("FillRightClause") } }),
      ...placeOf(node),
    };
    return binary.op === "^" ? this.withSignOutside(binary) : binary;
  }

  /** A sign binds less than a power: `-1 ^ 2` is `-(1 ^ 2)`. The grammar takes it for the number's own. */
  private withSignOutside(binary: Binary): Binary | Unary {
    const { left, from, to } = binary;
    const [sign] = /^[-+]\s*/.exec(this.text.slice(left.from, left.to)) ?? [];
    if (left.kind !== "number" || left.inParentheses || sign === undefined) return binary;
    const bare = left.from + sign.length;
    const value = numberOf(this.text.slice(bare, left.to));
    const expr = { ...binary, left: { ...left, value, from: bare }, from: bare };
    return { kind: "unary", op: sign.startsWith("-") ? "-" : "+", expr, from, to };
  }

  private arguments(node: SyntaxNode): Expression[] {
    return childrenOf(node.getChild("FunctionCallBody")).map((child) => this.convert(child));
  }

  private labels(node: SyntaxNode | null | undefined): string[] {
    return childrenOf(node).map((label) => this.label(label));
  }

  private label(node: SyntaxNode | undefined): string {
    return node?.name === "QuotedLabelName" ? this.string(node) : this.textOf(node);
  }

  private string(node: SyntaxNode): string {
    const literal = this.textOf(node);
    try {
      return unquote(literal);
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.wrong(error.message, node);
      return literal.slice(1, -1);
    }
  }

  private positive(node: SyntaxNode | null | undefined): Duration {
    const duration = this.duration(node);
    if (duration.seconds !== undefined && duration.seconds <= 0)
      this.wrong("duration must be greater than 0", duration);
    return duration;
  }

  private duration(node: SyntaxNode | null | undefined): Duration {
    if (!node) return { seconds: undefined, from: 0, to: 0 };
    const seconds = durationOf(node, this.text);
    if (isComputed(node)) this.uses("promql-duration-expr", "a computed duration", node);
    // Nanoseconds in 64 bits.
    else if (seconds !== undefined && !(Math.abs(seconds) < 2 ** 63 / 1e9))
      this.wrong("duration out of range", node);
    return { seconds, ...placeOf(node) };
  }

  private uses(feature: Feature, what: string, node: Place): void {
    this.features.push({ feature, what, ...placeOf(node) });
  }

  private wrong(message: string, node: Place): void {
    this.problems.push({ message, ...placeOf(node) });
  }

  private textOf(node: Place | null | undefined): string {
    return node ? this.text.slice(node.from, node.to) : "";
  }
}

function placeOf({ from, to }: Place): Place {
  return { from, to };
}
