import { createRequire } from "node:module";
import type { SyntaxNode } from "@lezer/common";
import type { LRParser } from "@lezer/lr";

// The grammar has a CommonJS build, but declares types for ES modules only.
const { parser } = createRequire(__filename)("@prometheus-io/lezer-promql") as { readonly parser: LRParser };

/** A part of a query's tree, by the grammar of Prometheus's own editor. */
export type Node = SyntaxNode;

/** A matcher of a label, its value as it is written, without the quotation marks. */
export interface LabelMatcher {
  readonly label: string;
  readonly operator: string;
  readonly value: string;
}

/** Lengths of time that stand for Grafana's variables: nobody writes them, so that they can be told in the tree. */
const durations: Readonly<Record<string, string>> = {
  __rate_interval: "61001ms",
  __interval: "61002ms",
  __range: "61003ms",
};
const otherDuration = "61004ms";
/** Begins the names that stand for variables outside of strings: a metric's name, a number. */
const standIn = "__variable_";
const variablePattern = /\$\{(\w+)(?:[.:][^}]*)?\}|\$(\w+)|\[\[(\w+)(?::\w+)?\]\]/g;
const stringPattern = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g;

/** A query in PromQL in which Grafana's variables may stand. */
export class PromQl {
  /** Text in which what Prometheus can read stands for each variable. */
  readonly text: string;
  readonly root: Node;

  constructor(
    /** As the dashboard has it. */
    readonly source: string,
  ) {
    this.text = interpolated(source);
    this.root = parser.parse(this.text).topNode;
  }

  /** The first place that the grammar does not take, with what follows; undefined for a sound query. */
  get syntaxError(): string | undefined {
    const error = this.all("⚠")[0];
    if (error !== undefined) return this.original(this.text.slice(error.from, error.from + 30)) || "its end";
    return this.root.firstChild === null ? "nothing to evaluate" : undefined;
  }

  /** All nodes of a kind, from left to right. */
  all(kind: string, below: Node = this.root): Node[] {
    const found: Node[] = [];
    below.cursor().iterate(({ name, node }) => {
      if (name === kind) found.push(node);
    });
    return found;
  }

  /** The selectors of series, those left out whose name a variable gives. */
  get selectors(): Node[] {
    return this.all("VectorSelector").filter((each) => !this.metric(each).includes(standIn));
  }

  /** The text of a node, Grafana's variables put back. */
  show(node: Node): string {
    return this.original(this.raw(node));
  }

  /** The text of a node. */
  raw(node: Node): string {
    return this.text.slice(node.from, node.to);
  }

  /** The series that a `VectorSelector` names; "" where it names none. */
  metric(selector: Node): string {
    const name = selector.getChild("Identifier");
    if (name !== null) return this.raw(name);
    return this.matchers(selector).find(({ label }) => label === "__name__")?.value ?? "";
  }

  /** The matchers of a `VectorSelector`. */
  matchers(selector: Node): LabelMatcher[] {
    const list = selector.getChild("LabelMatchers");
    if (list === null) return [];
    return childrenOf(list)
      .map((matcher) => childrenOf(matcher).map((part) => this.raw(part)))
      .flatMap(([label = "", operator = "", value = ""]) =>
        operator === "" ? [] : [{ label: label.replaceAll('"', ""), operator, value: value.slice(1, -1) }],
      );
  }

  /** The function of a `FunctionCall`, or the operator of an `AggregateExpr`: `rate`, `sum`. */
  operation(node: Node): string {
    return node.firstChild === null ? "" : this.raw(node.firstChild).toLowerCase();
  }

  /** The arguments of a `FunctionCall` or an `AggregateExpr`. */
  arguments(node: Node): Node[] {
    const body = node.getChild("FunctionCallBody");
    return body === null ? [] : childrenOf(body);
  }

  /** The labels that an `AggregateExpr` keeps (`by`; without a grouping: none) or drops. */
  grouping(aggregate: Node): { readonly kind: "by" | "without"; readonly labels: readonly string[] } {
    const modifier = aggregate.getChild("AggregateModifier");
    const kind = modifier?.getChild("Without") ? "without" : "by";
    return { kind, labels: modifier === null ? [] : (this.groupingLabels(modifier)[0] ?? []) };
  }

  /** The lists of labels in parentheses directly below a node. */
  groupingLabels(node: Node): string[][] {
    return node
      .getChildren("GroupingLabels")
      .map((list) => childrenOf(list).map((label) => this.raw(label).replaceAll('"', "")));
  }

  /** The range of a `MatrixSelector` as the dashboard has it. */
  range(matrix: Node): string {
    const literal = matrix.lastChild;
    return literal === null ? "" : this.show(literal);
  }

  private original(text: string): string {
    return Object.entries(durations).reduce(
      (result, [name, stand]) => result.replaceAll(stand, `$${name}`),
      text.replaceAll(otherDuration, "(a variable)").replaceAll(standIn, "$"),
    );
  }
}

/** A node without the parentheses around it. */
export function bare(node: Node): Node {
  const inner = node.name === "ParenExpr" ? node.firstChild : null;
  return inner === null ? node : bare(inner);
}

/** The nodes directly below a node. */
export function childrenOf(node: Node): Node[] {
  const children: Node[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== "LineComment") children.push(child);
  }
  return children;
}

/** Names of the variables in a text, in whichever of Grafana's three forms they are written. */
export function variablesIn(text: string): string[] {
  return [...text.matchAll(variablePattern)].map(
    ([, braces, plain, brackets]) => braces ?? plain ?? brackets ?? "",
  );
}

/** Variables inside of strings stay: there the grammar takes anything. */
function interpolated(source: string): string {
  let result = "";
  let end = 0;
  for (const match of source.matchAll(stringPattern)) {
    result += outsideStrings(source.slice(end, match.index)) + match[0];
    end = match.index + match[0].length;
  }
  return result + outsideStrings(source.slice(end));
}

function outsideStrings(text: string): string {
  return text.replace(variablePattern, (whole, ...found: unknown[]) => {
    const name = found.slice(0, 3).find((each): each is string => typeof each === "string") ?? "";
    const offset = found[3] as number;
    const before = text.slice(0, offset).trimEnd();
    const after = text.slice(offset + whole.length);
    const isDuration = /(\[|:|\boffset)$/.test(before);
    // Half of a length of time, as in [${__range_s}s].
    if (isDuration && /^(ms|[smhdwy])\b/.test(after)) return "60";
    if (isDuration) return durations[name] ?? otherDuration;
    if (/^__(interval_ms|range_s|range_ms|from|to)$/.test(name)) return "60";
    return durations[name] ?? `${standIn}${name}`;
  });
}
