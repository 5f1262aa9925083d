import { nearest } from "../../metrics/describe";
import { builtins } from "./builtins";
import type { Command, Node, Operand, Pipeline } from "./nodes";
import { TemplateError } from "./template-error";
import { partsOf, type Part } from "./tokens";
import type { GoFunctions } from "./values";
import { Words } from "./words";

/** A template, or what Go finds wrong with it. */
export type ParsedTemplate =
  | {
      readonly nodes: readonly Node[];
      /** Templates that it defines, by their names. */
      readonly definitions: ReadonlyMap<string, readonly Node[]>;
      readonly problem?: undefined;
    }
  | {
      readonly nodes?: undefined;
      /** `function "humanise" not defined` */
      readonly problem: string;
    };

/** What a template may name. */
export interface Vocabulary {
  /** Functions beside Go's own. */
  readonly functions: GoFunctions;
  /** Variables that it is given, without `$`. Default: none. */
  readonly variables?: readonly string[];
}

/** A function that there is not. */
class UnknownFunction extends TemplateError {
  constructor(readonly functionName: string) {
    super(`function "${functionName}" not defined`);
  }
}

/** Reads a template as Go's text/template does. */
export function parseTemplate(text: string, vocabulary: Vocabulary): ParsedTemplate {
  try {
    const reader = new Reader(partsOf(text), vocabulary);
    return { nodes: reader.all(), definitions: reader.definitions };
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const known = [...Object.keys(vocabulary.functions), ...Object.keys(builtins)];
    const meant = error instanceof UnknownFunction ? nearest(error.functionName, known) : undefined;
    return { problem: `${error.message}${meant === undefined ? "" : `; did you mean "${meant}"?`}` };
  }
}

/** What ends a list of nodes. */
interface End {
  readonly keyword: "end" | "else" | undefined;
  /** Words behind `else`. */
  readonly rest: Words;
}

class Reader {
  readonly definitions = new Map<string, readonly Node[]>();
  private next = 0;
  private variables: string[];
  private loops = 0;

  constructor(
    private readonly parts: readonly Part[],
    private readonly vocabulary: Vocabulary,
  ) {
    this.variables = ["", ...(vocabulary.variables ?? [])];
  }

  all(): Node[] {
    const { nodes, end } = this.list(true);
    if (end.keyword !== undefined) throw new TemplateError(`unexpected {{${end.keyword}}}`);
    return nodes;
  }

  /** Nodes up to an `end` or `else`, or the template's end. */
  private list(isOutermost = false): { readonly nodes: Node[]; readonly end: End } {
    const nodes: Node[] = [];
    for (;;) {
      const part = this.parts[this.next];
      this.next += 1;
      if (typeof part === "string") {
        nodes.push({ kind: "text", text: part });
        continue;
      }
      if (part === undefined) {
        if (!isOutermost) throw new TemplateError("{{end}} is missing");
        return { nodes, end: { keyword: undefined, rest: new Words([]) } };
      }
      const words = new Words(part);
      const keyword = words.keyword();
      if (keyword === "end" || keyword === "else") {
        words.take();
        if (keyword === "end") words.refuseRest("end");
        return { nodes, end: { keyword, rest: words } };
      }
      nodes.push(...this.node(words, keyword, isOutermost));
    }
  }

  private node(words: Words, keyword: string | undefined, isOutermost: boolean): Node[] {
    if (keyword !== undefined) words.take();
    switch (keyword) {
      case "if":
      case "range":
      case "with":
        return [this.control(keyword, words)];
      case "define": {
        if (!isOutermost) throw new TemplateError("unexpected {{define}}");
        const name = words.name("define");
        words.refuseRest("define");
        this.definition(name);
        return [];
      }
      case "block": {
        const name = words.name("block");
        const pipeline = this.pipeline(words, "block");
        this.definition(name);
        return [{ kind: "template", name, pipeline }];
      }
      case "template": {
        const name = words.name("template");
        return [
          { kind: "template", name, pipeline: words.isAtEnd ? undefined : this.pipeline(words, "template") },
        ];
      }
      case "break":
      case "continue":
        if (this.loops === 0) throw new TemplateError(`{{${keyword}}} outside {{range}}`);
        words.refuseRest(keyword);
        return [{ kind: keyword }];
      default:
        return [{ kind: "action", pipeline: this.pipeline(words, "command") }];
    }
  }

  /** It has a dot of its own, and no variables of what is around it. One that says nothing replaces none. */
  private definition(name: string): void {
    const { variables, loops } = this;
    this.variables = [""];
    this.loops = 0;
    const { nodes, end } = this.list();
    if (end.keyword === "else") throw new TemplateError("unexpected {{else}}");
    this.variables = variables;
    this.loops = loops;
    const isEmpty = nodes.every((node) => node.kind === "text" && /^[ \t\r\n]*$/.test(node.text));
    if (!isEmpty || !this.definitions.has(name)) this.definitions.set(name, nodes);
  }

  private control(kind: "if" | "range" | "with", words: Words): Node {
    const before = this.variables;
    this.variables = [...before];
    const pipeline = this.pipeline(words, kind, kind === "range");
    if (kind === "range") this.loops += 1;
    const { nodes: body, end } = this.list();
    if (kind === "range") this.loops -= 1;
    const otherwise = end.keyword === "else" ? this.otherwise(kind, end.rest) : [];
    this.variables = before;
    return { kind, pipeline, body, otherwise };
  }

  private otherwise(kind: "if" | "range" | "with", rest: Words): Node[] {
    const keyword = rest.keyword();
    if (keyword !== undefined && keyword === kind && kind !== "range") {
      rest.take();
      return [this.control(kind, rest)];
    }
    rest.refuseRest("else");
    const { nodes, end } = this.list();
    if (end.keyword === "else") throw new TemplateError("expected end; found {{else}}");
    return nodes;
  }

  private pipeline(words: Words, context: string, isRange = false): Pipeline {
    const pipeline = this.commands(words, context, words.declared(isRange));
    words.refuseRest(context);
    return pipeline;
  }

  private commands(
    words: Words,
    context: string,
    declared: ReturnType<Words["declared"]> = { variables: [], isNew: false },
  ): Pipeline {
    const commands: Command[] = [];
    do {
      const command = this.command(words);
      if (command.length === 0 && commands.length === 0)
        throw new TemplateError(`missing value for ${context}`);
      // Go takes a "|" with nothing behind it.
      if (command.length === 0) break;
      if (commands.length > 0 && !canBeCalled(command))
        throw new TemplateError(`non executable command in pipeline stage ${String(commands.length + 1)}`);
      commands.push(command);
    } while (words.takes("|"));
    for (const name of declared.variables) {
      if (declared.isNew) this.variables.push(name);
      else this.known(name);
    }
    return { variables: declared.variables, isDeclaration: declared.isNew, commands };
  }

  private command(words: Words): Operand[] {
    const operands: Operand[] = [];
    for (;;) {
      const isApart = words.space();
      if (words.isAtEnd || words.isAt("|") || words.isAt(")")) return operands;
      if (operands.length > 0 && !isApart) throw new TemplateError(`unexpected "${words.shown}" in operand`);
      operands.push(this.operand(words));
    }
  }

  private operand(words: Words): Operand {
    const token = words.take();
    switch (token?.kind) {
      case "field":
        return { kind: "dot", path: [token.text, ...words.path()] };
      case "variable":
        return { kind: "variable", name: this.known(token.text), path: words.path() };
      case "string":
        words.refusePath(token.text);
        return { kind: "string", value: String(token.value) };
      case "constant":
        words.refusePath(token.text);
        return { kind: "constant", value: token.value ?? null };
      case "identifier":
        return this.identifier(token.text, words);
      case "mark":
        if (token.text === ".") {
          words.refusePath(".");
          return { kind: "dot", path: [] };
        }
        if (token.text === "(") {
          const pipeline = this.commands(words, "parenthesized pipeline");
          if (!words.takes(")")) throw new TemplateError("unclosed left paren");
          return { kind: "pipeline", pipeline, path: words.path() };
        }
        throw new TemplateError(`unexpected "${token.text}" in command`);
      default:
        throw new TemplateError("unexpected end of action");
    }
  }

  private identifier(name: string, words: Words): Operand {
    if (name === "nil") return { kind: "constant", value: null };
    if (name === "true" || name === "false") return { kind: "constant", value: name === "true" };
    if (!Object.hasOwn(this.vocabulary.functions, name) && !Object.hasOwn(builtins, name))
      throw new UnknownFunction(name);
    return { kind: "function", name, path: words.path() };
  }

  private known(name: string): string {
    if (!this.variables.includes(name)) throw new TemplateError(`undefined variable "$${name}"`);
    return name;
  }
}

function canBeCalled([first]: Command): boolean {
  return (
    first?.kind !== "string" &&
    first?.kind !== "constant" &&
    !(first?.kind === "dot" && first.path.length === 0)
  );
}
