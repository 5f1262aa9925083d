import { alertmanagerFunctions } from "../../../alerts/go-template/alertmanager";
import type { Branch, Command, Node, Operand, Pipeline } from "../../../alerts/go-template/nodes";
import { parseTemplate } from "../../../alerts/go-template/parse";
import type { AlertmanagerFile } from "./alertmanager-file";

/** A label of alerts that a template of messages reads. */
export interface TemplateRead {
  /** The template or setting: `template "parcels.title"`, `receiver pager › slack_configs[0].text`. */
  readonly place: string;
  readonly label: string;
  /** As it is read: `.CommonLabels.severity`. */
  readonly text: string;
}

/**
 * The labels that messages name one by one: in a file of templates and in the settings of receivers. A template that
 * Alertmanager refuses reads nothing.
 */
export function templateReads(
  templates: string,
  { receivers }: Pick<AlertmanagerFile, "receivers">,
): readonly TemplateRead[] {
  const file = read(templates);
  const settings = receivers.flatMap(({ name, settings: json }) =>
    textsIn(JSON.parse(json), "")
      .filter(({ text }) => text.includes("{{"))
      .map((each) => ({ name, ...each })),
  );
  return [
    ...[...file.definitions].flatMap(([name, nodes]) =>
      readsOf(nodes, file.definitions).map((found) => ({ place: `template "${name}"`, ...found })),
    ),
    ...settings.flatMap(({ name, path, text }) => {
      const { nodes, definitions } = read(text);
      const all = new Map([...file.definitions, ...definitions]);
      return readsOf(nodes, all).map((found) => ({ place: `receiver ${name} › ${path}`, ...found }));
    }),
  ];
}

type Definitions = ReadonlyMap<string, readonly Node[]>;

const vocabulary = { functions: alertmanagerFunctions(0) };

function read(text: string): { readonly nodes: readonly Node[]; readonly definitions: Definitions } {
  const parsed = parseTemplate(text, vocabulary);
  return parsed.nodes === undefined ? { nodes: [], definitions: new Map() } : parsed;
}

/** All texts in settings, with their places: `slack_configs[0].text`. */
function textsIn(json: unknown, path: string): readonly { readonly path: string; readonly text: string }[] {
  if (typeof json === "string") return [{ path, text: json }];
  if (Array.isArray(json)) return json.flatMap((each, index) => textsIn(each, `${path}[${String(index)}]`));
  if (typeof json !== "object" || json === null) return [];
  return Object.entries(json).flatMap(([key, each]) => textsIn(each, path === "" ? key : `${path}.${key}`));
}

type Found = Omit<TemplateRead, "place">;

function readsOf(nodes: readonly Node[], definitions: Definitions): readonly Found[] {
  const finder = new Finder(definitions);
  finder.nodes(nodes, { dot: undefined, variables: new Map() });
  return finder.found;
}

/** Where labels come from: `.CommonLabels`. Undefined of all else. */
type Labels = string | undefined;

interface Scope {
  readonly dot: Labels;
  readonly variables: Map<string, Labels>;
}

/** Fields of a message and of its alerts that hold labels. */
const labelFields: ReadonlySet<string> = new Set(["Labels", "CommonLabels", "GroupLabels"]);
/** What can be asked of labels beside their names; some of these are left after `Remove`. */
const methods: ReadonlySet<string> = new Set(["Remove", "SortedPairs", "Names", "Values", "String"]);

class Finder {
  private readonly reads = new Map<string, Found>();
  private readonly open = new Set<string>();

  constructor(private readonly definitions: Definitions) {}

  get found(): readonly Found[] {
    return [...this.reads.values()];
  }

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
        this.pipeline(node.pipeline, scope);
        return;
      case "template":
        this.template(node.name, node.pipeline && this.pipeline(node.pipeline, scope));
        return;
      default:
        this.branch(node, scope);
    }
  }

  /** A template is looked at by itself; once more where it is given labels. */
  private template(name: string, dot: Labels): void {
    if (dot === undefined || this.open.has(name)) return;
    this.open.add(name);
    this.nodes(this.definitions.get(name) ?? [], { dot, variables: new Map([["", dot]]) });
    this.open.delete(name);
  }

  private branch({ kind, pipeline, body, otherwise }: Branch, scope: Scope): void {
    const inner = { ...scope, variables: new Map(scope.variables) };
    const value = this.pipeline(pipeline, inner, kind === "range");
    const dot = kind === "if" ? scope.dot : kind === "with" ? value : undefined;
    this.nodes(body, { ...inner, dot });
    this.nodes(otherwise, inner);
  }

  private pipeline({ variables, commands }: Pipeline, scope: Scope, isRange = false): Labels {
    let value: Labels;
    for (const command of commands) value = this.command(command, value, scope);
    for (const name of variables) scope.variables.set(name, isRange ? undefined : value);
    return value;
  }

  private command([first, ...rest]: Command, piped: Labels, scope: Scope): Labels {
    if (first === undefined) return piped;
    const values = rest.map((operand) => this.operand(operand, scope));
    if (first.kind !== "function") return this.operand(first, scope);
    if (first.name !== "index") return undefined;
    const [labels, key] = [values[0], rest[1]];
    if (labels !== undefined && key?.kind === "string") this.add(key.value, `index ${labels} "${key.value}"`);
    return undefined;
  }

  private operand(operand: Operand, scope: Scope): Labels {
    switch (operand.kind) {
      case "dot":
        return this.follow(scope.dot, operand.path);
      case "variable":
        return this.follow(scope.variables.get(operand.name), operand.path);
      case "pipeline":
        return this.follow(this.pipeline(operand.pipeline, scope), operand.path);
      default:
        return undefined;
    }
  }

  private follow(start: Labels, path: readonly string[]): Labels {
    let value = start;
    for (const field of path) {
      if (value === undefined) value = labelFields.has(field) ? `.${field}` : undefined;
      else if (!methods.has(field)) return this.add(field, `${value}.${field}`);
      else if (field !== "Remove") return undefined;
    }
    return value;
  }

  private add(label: string, text: string): undefined {
    if (!this.reads.has(label)) this.reads.set(label, { label, text });
  }
}
