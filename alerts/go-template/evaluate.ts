import { builtins } from "./builtins";
import { isTrue } from "./comparison";
import { escape } from "./html-escapers";
import { sprint } from "./format";
import { methodsOf } from "./methods";
import type { Branch, Command, Node, Operand, Pipeline } from "./nodes";
import { TemplateError } from "./template-error";
import { GoTime } from "./times";
import {
  GoList,
  GoMap,
  GoStruct,
  typeName,
  type GoFunction,
  type GoFunctions,
  type GoValue,
  type Parameter,
} from "./values";

/** What a template is run with. */
export interface Surroundings {
  /** Those beside Go's own. */
  readonly functions: GoFunctions;
  /** Templates that it can use, by their names. */
  readonly definitions: ReadonlyMap<string, readonly Node[]>;
}

/** As deep as templates may use one another; Go takes 100,000. */
const mostDepth = 1_000;

/**
 * What a template writes.
 * @param data the dot
 * @throws TemplateError with what Go says, without the place
 */
export function evaluate(nodes: readonly Node[], data: GoValue, surroundings: Surroundings): string {
  const run = new Run(surroundings);
  run.start(nodes, data);
  return run.written.join("");
}

/** What ends the body of a range early. */
type Leaving = "break" | "continue" | undefined;

interface Variable {
  readonly name: string;
  value: GoValue;
}

class Run {
  readonly written: string[] = [];
  private variables: Variable[] = [];
  private depth = 0;

  constructor(private readonly surroundings: Surroundings) {}

  start(nodes: readonly Node[], data: GoValue): void {
    if (this.depth > mostDepth) throw new TemplateError("exceeded maximum template depth");
    const before = this.variables;
    this.depth += 1;
    this.variables = [{ name: "", value: data }];
    this.list(nodes, data);
    this.variables = before;
    this.depth -= 1;
  }

  private list(nodes: readonly Node[], dot: GoValue): Leaving {
    for (const node of nodes) {
      const leaving = this.node(node, dot);
      if (leaving !== undefined) return leaving;
    }
    return undefined;
  }

  private node(node: Node, dot: GoValue): Leaving {
    switch (node.kind) {
      case "text":
        this.written.push(node.text);
        return undefined;
      case "action": {
        const value = this.pipeline(node.pipeline, dot);
        if (node.pipeline.variables.length === 0)
          this.written.push(node.escapers ? escape(value, node.escapers) : shown(value));
        return undefined;
      }
      case "template":
        this.template(node.name, node.pipeline && this.pipeline(node.pipeline, dot));
        return undefined;
      case "break":
      case "continue":
        return node.kind;
      case "range":
        return this.inScope(() => this.range(node, dot));
      default:
        return this.inScope(() => {
          const value = this.pipeline(node.pipeline, dot);
          if (!isTrue(value)) return this.list(node.otherwise, dot);
          return this.list(node.body, node.kind === "with" ? value : dot);
        });
    }
  }

  private inScope<T>(run: () => T): T {
    const { length } = this.variables;
    const result = run();
    this.variables.length = length;
    return result;
  }

  private template(name: string, data: GoValue): void {
    const nodes = this.surroundings.definitions.get(name);
    if (nodes === undefined) throw new TemplateError(`template "${name}" not defined`);
    this.start(nodes, data);
  }

  private range(node: Branch, dot: GoValue): Leaving {
    const { variables, isDeclaration } = node.pipeline;
    const value = this.pipeline({ ...node.pipeline, variables: [] }, dot);
    const pairs = pairsOf(value);
    if (pairs.length === 0) return this.list(node.otherwise, dot);
    for (const [key, item] of pairs) {
      const leaving = this.inScope(() => {
        const [first, second] = variables;
        if (first !== undefined) this.set(first, second === undefined ? item : key, isDeclaration);
        if (second !== undefined) this.set(second, item, isDeclaration);
        return this.list(node.body, item);
      });
      if (leaving === "break") break;
    }
    return undefined;
  }

  private set(name: string, value: GoValue, isDeclaration: boolean): void {
    if (isDeclaration) {
      this.variables.push({ name, value });
      return;
    }
    const variable = lastOf(this.variables, name);
    if (variable === undefined) throw new TemplateError(`undefined variable: $${name}`);
    variable.value = value;
  }

  private pipeline({ variables, isDeclaration, commands }: Pipeline, dot: GoValue): GoValue {
    const [first, ...others] = commands;
    let value: GoValue = first && this.command(first, dot, []);
    for (const command of others) value = this.command(command, dot, [value]);
    for (const name of variables) this.set(name, value, isDeclaration);
    return value;
  }

  /** @param piped what the command before it has made, if there is one */
  private command([first, ...rest]: Command, dot: GoValue, piped: readonly GoValue[]): GoValue {
    if (first === undefined) return piped[0];
    const values = () => [...rest.map((operand) => this.operand(operand, dot)), ...piped];
    const isAlone = rest.length === 0 && piped.length === 0;
    switch (first.kind) {
      case "function": {
        const { name, path } = first;
        if (path.length > 0) return this.follow(this.call(name, [], dot, []), path, values);
        return this.call(name, rest, dot, piped);
      }
      case "dot":
        if (first.path.length > 0) return this.follow(dot, first.path, values);
        break;
      case "variable":
        if (first.path.length > 0) return this.follow(this.valueOf(first.name), first.path, values);
        break;
      case "pipeline":
        if (first.path.length > 0) return this.follow(this.pipeline(first.pipeline, dot), first.path, values);
        break;
      case "constant":
        if (first.value === null) throw new TemplateError("nil is not a command");
        break;
      case "string":
    }
    if (!isAlone) throw new TemplateError("can't give argument to non-function");
    return this.operand(first, dot);
  }

  private operand(operand: Operand, dot: GoValue): GoValue {
    switch (operand.kind) {
      case "dot":
        return this.follow(dot, operand.path, () => []);
      case "variable":
        return this.follow(this.valueOf(operand.name), operand.path, () => []);
      case "pipeline":
        return this.follow(this.pipeline(operand.pipeline, dot), operand.path, () => []);
      case "function":
        return this.follow(this.call(operand.name, [], dot, []), operand.path, () => []);
      default:
        return operand.value;
    }
  }

  private valueOf(name: string): GoValue {
    const variable = lastOf(this.variables, name);
    if (variable === undefined) throw new TemplateError(`undefined variable: $${name}`);
    return variable.value;
  }

  private call(name: string, operands: readonly Operand[], dot: GoValue, piped: readonly GoValue[]): GoValue {
    const own = this.surroundings.functions[name] ?? builtins[name];
    if (own === undefined) throw new TemplateError(`"${name}" is not a defined function`);
    if (name === "and" || name === "or") return this.firstThat(name === "or", operands, dot, piped);
    return apply(name, own, [...operands.map((operand) => this.operand(operand, dot)), ...piped]);
  }

  /** `and` and `or` end at the first that decides. */
  private firstThat(
    wanted: boolean,
    operands: readonly Operand[],
    dot: GoValue,
    piped: readonly GoValue[],
  ): GoValue {
    if (operands.length + piped.length === 0)
      throw new TemplateError("wrong number of args: want at least 1 got 0");
    let value: GoValue;
    for (const operand of operands) {
      value = this.operand(operand, dot);
      if (isTrue(value) === wanted) return value;
    }
    return piped.length > 0 ? piped[0] : value;
  }

  /** Follows fields, keys and methods; what a command is given is for the last of them. */
  private follow(start: GoValue, path: readonly string[], values: () => readonly GoValue[]): GoValue {
    return path.reduce<GoValue>(
      (value, name, index) => fieldOf(value, name, index === path.length - 1 ? values() : []),
      start,
    );
  }
}

function lastOf(variables: readonly Variable[], name: string): Variable | undefined {
  for (let index = variables.length - 1; index >= 0; index -= 1)
    if (variables[index]?.name === name) return variables[index];
  return undefined;
}

/** A value as an action writes it. */
export function shown(value: GoValue): string {
  return value === undefined ? "<no value>" : sprint(value);
}

function pairsOf(value: GoValue): (readonly [GoValue, GoValue])[] {
  if (value instanceof GoList) return value.items.map((item, index) => [BigInt(index), item]);
  if (value instanceof GoMap) return [...value.entries];
  if (typeof value === "bigint")
    return Array.from({ length: Math.max(Number(value), 0) }, (_, index) => [BigInt(index), BigInt(index)]);
  if (value === undefined || value === null) return [];
  throw new TemplateError(`range can't iterate over ${shown(value)}`);
}

function fieldOf(value: GoValue, name: string, values: readonly GoValue[]): GoValue {
  if (value === undefined || value === null) throw new TemplateError(`nil data; no entry for key "${name}"`);
  const method = methodsOf(value)[name];
  if (method !== undefined) return apply(name, method, values);
  if (value instanceof GoStruct && Object.hasOwn(value.fields, name))
    return withoutValues(name, value.fields[name], values);
  if (value instanceof GoMap)
    return withoutValues(name, value.entries.has(name) ? value.entries.get(name) : value.zero, values);
  throw new TemplateError(`can't evaluate field ${name} in type ${typeName(value)}`);
}

function withoutValues(name: string, value: GoValue, values: readonly GoValue[]): GoValue {
  if (values.length > 0) throw new TemplateError(`${name} is not a method but has arguments`);
  return value;
}

function apply(name: string, { parameters, rest, call }: GoFunction, values: readonly GoValue[]): GoValue {
  const wanted = String(parameters.length);
  if (values.length < parameters.length || (rest === undefined && values.length > parameters.length))
    throw new TemplateError(
      `wrong number of args for ${name}: want ${rest === undefined ? wanted : `at least ${wanted}`} got ${String(values.length)}`,
    );
  const given = values.map((value, index) => givenAs(parameters[index] ?? rest ?? "any", value));
  return (call as (...all: readonly unknown[]) => GoValue)(...given);
}

function givenAs(parameter: Parameter, value: GoValue): unknown {
  switch (parameter) {
    case "any":
      return value;
    case "string":
      if (typeof value === "string") return value;
      break;
    case "time":
      if (value instanceof GoTime) return value;
      break;
    case "strings":
      if (value instanceof GoList && value.typeName === "[]string") return value.items;
  }
  const expected = { string: "string", time: "time.Time", strings: "[]string" }[parameter];
  throw new TemplateError(
    value === undefined || value === null
      ? `invalid value; expected ${expected}`
      : `wrong type for value; expected ${expected}; got ${typeName(value)}`,
  );
}
