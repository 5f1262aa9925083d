import { alertmanagerFunctions } from "../../alerts/go-template/alertmanager";
import { evaluate } from "../../alerts/go-template/evaluate";
import { htmlTemplate, type HtmlTemplate } from "../../alerts/go-template/html-template";
import type { Node } from "../../alerts/go-template/nodes";
import { parseTemplate } from "../../alerts/go-template/parse";
import { TemplateError } from "../../alerts/go-template/template-error";
import type { GoValue } from "../../alerts/go-template/values";
import { defaultTemplates } from "./default-templates";

const vocabulary = { functions: alertmanagerFunctions(0) };

/** What can be run of a text. */
interface Readable {
  readonly nodes: readonly Node[];
  readonly definitions: ReadonlyMap<string, readonly Node[]>;
}

function read(text: string): Readable {
  const parsed = parseTemplate(text, vocabulary);
  if (parsed.nodes === undefined) throw new TemplateError(parsed.problem);
  return parsed;
}

const defaults = new Map(Object.entries(defaultTemplates).map(([name, text]) => [name, read(text).nodes]));
const sets = new Map<string, TemplateSet>();

/** Alertmanager's own templates with those of a file. */
export class TemplateSet {
  private readonly texts = new Map<string, Readable>();
  private readonly pages = new Map<string, HtmlTemplate>();

  private constructor(private readonly definitions: ReadonlyMap<string, readonly Node[]>) {}

  /**
   * Reads a file of templates; what was read before is not read again.
   * @throws TemplateError with what is wrong with it
   */
  static of(file: string): TemplateSet {
    const known = sets.get(file);
    if (known !== undefined) return known;
    const set = new TemplateSet(new Map([...defaults, ...read(file).definitions]));
    sets.set(file, set);
    return set;
  }

  /** What a setting that is a template says, as text. @throws TemplateError with what goes wrong */
  text(template: string, data: GoValue, now: number): string {
    return run(this.readable(template), data, now);
  }

  /** The same as a page: values are escaped for their places. @throws TemplateError with what goes wrong */
  page(template: string, data: GoValue, now: number): string {
    const { nodes, definitions } = this.readable(template);
    const page = this.pages.get(template) ?? htmlTemplate(nodes, definitions);
    this.pages.set(template, page);
    return run(page, data, now);
  }

  private readable(template: string): Readable {
    const known = this.texts.get(template);
    if (known !== undefined) return known;
    const { nodes, definitions } = read(template);
    const readable = { nodes, definitions: new Map([...this.definitions, ...definitions]) };
    this.texts.set(template, readable);
    return readable;
  }
}

function run({ nodes, definitions }: Readable, data: GoValue, now: number): string {
  return evaluate(nodes, data, { functions: alertmanagerFunctions(now), definitions });
}
