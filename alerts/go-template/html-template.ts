import { atStart, opened, readHtml, type HtmlContext } from "./html-context";
import type { Branch, Escaper, Node, Pipeline } from "./nodes";
import { TemplateError } from "./template-error";

/** Templates by their names. */
type Definitions = ReadonlyMap<string, readonly Node[]>;

/** A template that escapes each value for its place, and those that it uses, for the places where it does. */
export interface HtmlTemplate {
  readonly nodes: readonly Node[];
  readonly definitions: Definitions;
}

/**
 * Makes a template one of html/template's.
 * @throws TemplateError for scripts, values within styles, and branches that end in different places
 */
export function htmlTemplate(nodes: readonly Node[], definitions: Definitions): HtmlTemplate {
  const made = new Maker(definitions);
  const { nodes: own, context } = made.list(nodes, atStart);
  if (context.state !== "text") throw new TemplateError("ends in a non-text context");
  return { nodes: own, definitions: made.used };
}

interface Made {
  readonly nodes: readonly Node[];
  readonly context: HtmlContext;
}

class Maker {
  readonly used = new Map<string, readonly Node[]>();
  /** Where a template ends, by its name with where it begins. */
  private readonly ends = new Map<string, HtmlContext>();
  /** Where a range that is read is left early. */
  private leaves: HtmlContext[] = [];

  constructor(private readonly definitions: Definitions) {}

  list(nodes: readonly Node[], start: HtmlContext): Made {
    let context = start;
    const made: Node[] = [];
    for (const node of nodes) {
      const { nodes: own, context: end } = this.node(node, context);
      made.push(...own);
      context = end;
      if (node.kind === "break" || node.kind === "continue") break;
    }
    return { nodes: made, context };
  }

  private node(node: Node, context: HtmlContext): Made {
    switch (node.kind) {
      case "text": {
        const read = readHtml(node.text, context);
        return { nodes: [{ kind: "text", text: read.written }], context: read.context };
      }
      case "action": {
        if (node.pipeline.variables.length > 0) return { nodes: [node], context };
        const at = nudged(context);
        const escapers = withOwn(escapersAt(at), node.pipeline.commands);
        return { nodes: [{ ...node, escapers }], context: at };
      }
      case "template": {
        const { name, context: end } = this.template(node.name, context);
        return { nodes: [{ ...node, name }], context: end };
      }
      case "break":
      case "continue":
        this.leaves.push(context);
        return { nodes: [node], context };
      default:
        return this.branch(node, context);
    }
  }

  private branch(node: Branch, context: HtmlContext): Made {
    const outer = this.leaves;
    if (node.kind === "range") this.leaves = [];
    const body = this.list(node.body, context);
    const ends = node.kind === "range" ? [...this.leaves, context] : [];
    this.leaves = outer;
    const otherwise = this.list(node.otherwise, context);
    const isLeft = leavesAlways(node.body);
    const first = isLeft ? otherwise.context : body.context;
    const others = [...ends, ...(leavesAlways(node.otherwise) ? [] : [otherwise.context])];
    const joint = others.reduce((one, other) => joined(one, other, node.kind), first);
    return { nodes: [{ ...node, body: body.nodes, otherwise: otherwise.nodes }], context: joint };
  }

  private template(
    name: string,
    context: HtmlContext,
  ): { readonly name: string; readonly context: HtmlContext } {
    const nodes = this.definitions.get(name);
    if (nodes === undefined) throw new TemplateError(`no such template "${name}"`);
    const key = `${name} at ${JSON.stringify(context)}`;
    const known = this.ends.get(key);
    if (known !== undefined) return { name: key, context: known };
    // One that uses itself is taken to end where it begins.
    this.ends.set(key, context);
    const made = this.list(nodes, context);
    this.ends.set(key, made.context);
    this.used.set(key, made.nodes);
    return { name: key, context: made.context };
  }
}

function leavesAlways(nodes: readonly Node[]): boolean {
  return nodes.some(({ kind }) => kind === "break" || kind === "continue");
}

/** Where a value stands that follows a text at once. */
function nudged(context: HtmlContext): HtmlContext {
  if (context.state === "tag") return { ...context, state: "attributeName" };
  return context.state === "beforeValue" ? opened(context, "") : context;
}

function escapersAt({ state, attribute, quote, url }: HtmlContext): Escaper[] {
  switch (state) {
    case "text":
      return ["html"];
    case "rcdata":
      return ["attribute"];
    case "comment":
    case "cssComment":
      return ["nothing"];
    case "value": {
      const last: Escaper = quote === "" ? "unquoted" : "attribute";
      if (attribute === "plain") return [last];
      if (attribute === "url") return [...urlEscapers(url), last];
      throw new TemplateError("a value within a style is not rendered here");
    }
    default:
      throw new TemplateError(
        "a value in the place of an attribute's name, or within a style, is not rendered here",
      );
  }
}

function urlEscapers(url: HtmlContext["url"]): Escaper[] {
  if (url === "unknown") throw new TemplateError("appears in an ambiguous context within a URL");
  if (url === "query") return ["url"];
  return url === "start" ? ["urlFilter", "urlNormalizer"] : ["urlNormalizer"];
}

/** A template's own `html` or `urlquery` at the end takes the place of what does the same. */
function withOwn(escapers: readonly Escaper[], commands: Pipeline["commands"]): Escaper[] {
  const names = commands.map(([first]) => (first?.kind === "function" ? first.name : undefined));
  if (names.slice(0, -1).some((name) => name === "html" || name === "urlquery"))
    throw new TemplateError("predefined escaper disallowed in template");
  const last = names.at(-1);
  if (last === "html") return escapers.filter((escaper) => escaper !== "html" && escaper !== "attribute");
  return last === "urlquery"
    ? escapers.filter((escaper) => escaper !== "url" && escaper !== "urlNormalizer")
    : [...escapers];
}

/** Where branches end that end in these places. */
function joined(one: HtmlContext, other: HtmlContext, kind: string): HtmlContext {
  const isSame =
    one.state === other.state &&
    one.element === other.element &&
    one.attribute === other.attribute &&
    one.quote === other.quote;
  if (!isSame) throw new TemplateError(`{{${kind}}} branches end in different contexts`);
  return one.url === other.url ? one : { ...one, url: "unknown" };
}
