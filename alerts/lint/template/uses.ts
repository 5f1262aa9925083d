import { LabelSet } from "../../../metrics/promql-analysis";
import type { Branch, Command, Node, Operand, Pipeline } from "../../go-template/nodes";
import { dataFields, measured, other, type LabelsOf, type Value } from "./values";

/** A label that a template shows. */
export interface LabelUse extends LabelsOf {
  readonly label: string;
}

/** What a template does with what it is given. */
export interface TemplateUses {
  /** Labels that it shows; those left out that it asks for first, by `if` or `with`. */
  readonly labels: readonly LabelUse[];
  /** PromQL that it queries, where that is written out. */
  readonly queries: readonly string[];
  /** Fields that it reads of what it is given, and that there are not: `.labels`. */
  readonly unknownFields: readonly string[];
  /** Whether it reads the value of the rule's expression. */
  readonly readsValue: boolean;
}

/**
 * Finds what a template uses.
 * @param labels those that the rule's expression may have
 * @param labelsOfQuery those of a query
 */
export function usesOf(
  nodes: readonly Node[],
  labels: LabelSet,
  labelsOfQuery: (promql: string) => LabelSet,
): TemplateUses {
  const finder = new Finder(labelsOfQuery);
  const data: Value = { kind: "data", labels, query: undefined };
  const variables = new Map<string, Value>([
    ["", data],
    ["labels", { kind: "labels", labels, query: undefined }],
    ["value", measured],
  ]);
  finder.nodes(nodes, { dot: data, variables, asked: new Set() });
  return finder;
}

interface Scope {
  readonly dot: Value;
  readonly variables: Map<string, Value>;
  /** Labels that an `if` around has asked for. */
  readonly asked: ReadonlySet<string>;
}

class Finder implements TemplateUses {
  readonly labels: LabelUse[] = [];
  readonly queries: string[] = [];
  readonly unknownFields: string[] = [];
  readsValue = false;

  constructor(private readonly labelsOfQuery: (promql: string) => LabelSet) {}

  nodes(nodes: readonly Node[], scope: Scope): void {
    for (const node of nodes) this.node(node, scope);
  }

  private node(node: Node, scope: Scope): void {
    switch (node.kind) {
      case "text":
      case "break":
      case "continue":
        return;
      case "action":
      case "template":
        if (node.pipeline !== undefined) this.pipeline(node.pipeline, scope);
        return;
      default:
        this.branch(node, scope);
    }
  }

  private branch(node: Branch, scope: Scope): void {
    const before = this.labels.length;
    const inner = { ...scope, variables: new Map(scope.variables) };
    const value = this.pipeline(node.pipeline, inner, node.kind === "range");
    // A label is asked for because it may be missing.
    const asked = node.kind === "range" ? [] : this.labels.splice(before).map(({ label }) => label);
    const body = { ...inner, asked: new Set([...scope.asked, ...asked]) };
    const dot = node.kind === "if" ? scope.dot : node.kind === "range" ? elementOf(value) : value;
    this.nodes(node.body, { ...body, dot });
    this.nodes(node.otherwise, body);
  }

  private pipeline({ variables, commands }: Pipeline, scope: Scope, isRange = false): Value {
    let value: Value | undefined;
    for (const command of commands) value = this.command(command, value, scope);
    const result = value ?? other;
    const [first, second] = variables;
    if (first !== undefined)
      scope.variables.set(first, !isRange ? result : second === undefined ? elementOf(result) : other);
    if (second !== undefined) scope.variables.set(second, elementOf(result));
    return result;
  }

  private command([first, ...rest]: Command, piped: Value | undefined, scope: Scope): Value {
    if (first === undefined) return piped ?? other;
    if (first.kind !== "function") {
      for (const operand of rest) this.operand(operand, scope);
      return this.operand(first, scope);
    }
    const values = rest.map((operand) => this.operand(operand, scope));
    if (piped !== undefined) values.push(piped);
    return this.follow(this.call(first.name, rest, values, scope), first.path, scope);
  }

  private operand(operand: Operand, scope: Scope): Value {
    switch (operand.kind) {
      case "dot":
        return this.follow(scope.dot, operand.path, scope);
      case "variable":
        return this.follow(scope.variables.get(operand.name) ?? other, operand.path, scope);
      case "pipeline":
        return this.follow(this.pipeline(operand.pipeline, scope), operand.path, scope);
      case "function":
        return this.follow(this.call(operand.name, [], [], scope), operand.path, scope);
      case "string":
      case "constant":
        return other;
    }
  }

  private call(name: string, operands: readonly Operand[], values: readonly Value[], scope: Scope): Value {
    const [first] = operands;
    const text = first?.kind === "string" ? first.value : undefined;
    const last = values.at(-1) ?? other;
    switch (name) {
      case "query":
        return this.query(text);
      case "first":
        return last.kind === "samples" ? { ...last, kind: "sample" } : other;
      case "sortByLabel":
      case "label":
        if (text !== undefined && (last.kind === "samples" || last.kind === "sample"))
          this.shows(text, last, scope);
        return name === "label" ? other : last;
      case "index": {
        const [of] = values;
        const key = operands[1]?.kind === "string" ? operands[1].value : undefined;
        if (key !== undefined && of?.kind === "labels") this.shows(key, of, scope);
        return of?.kind === "samples" ? { ...of, kind: "sample" } : other;
      }
      default:
        return values.find(({ kind }) => kind === "measured") ?? other;
    }
  }

  private query(promql: string | undefined): Value {
    if (promql === undefined) return { kind: "samples", labels: LabelSet.any, query: "" };
    this.queries.push(promql);
    return { kind: "samples", labels: this.labelsOfQuery(promql), query: promql };
  }

  private follow(value: Value, path: readonly string[], scope: Scope): Value {
    const [field, ...rest] = path;
    if (value.kind === "measured") this.readsValue = true;
    if (field === undefined) return value;
    if (value.kind === "labels") {
      this.shows(field, value, scope);
      return other;
    }
    if (value.kind === "data" && !dataFields.some((known) => known === field)) this.unknownFields.push(field);
    if ((value.kind === "data" || value.kind === "sample") && field === "Labels")
      return this.follow({ ...value, kind: "labels" }, rest, scope);
    if (value.kind === "data" && field === "Value") return this.follow(measured, rest, scope);
    return other;
  }

  private shows(label: string, { labels, query }: LabelsOf, { asked }: Scope): void {
    if (query === undefined && asked.has(label)) return;
    this.labels.push({ label, labels, query });
  }
}

function elementOf(value: Value): Value {
  return value.kind === "samples" ? { ...value, kind: "sample" } : other;
}
