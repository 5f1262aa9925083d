import { TemplateError } from "./template-error";
import type { Action, Token } from "./tokens";

const keywords = ["if", "else", "end", "range", "with", "define", "block", "template", "break", "continue"];

/** The words of an action, taken one after the other. */
export class Words {
  private at = 0;

  constructor(private readonly action: Action) {}

  /** Whether nothing but space is left. */
  get isAtEnd(): boolean {
    return this.action.slice(this.at).every(({ kind }) => kind === "space");
  }

  /** The next word as it is written. */
  get shown(): string {
    return this.action[this.at]?.text ?? "";
  }

  /** The keyword that comes next. */
  keyword(): string | undefined {
    this.space();
    const next = this.action[this.at];
    return next?.kind === "identifier" && keywords.includes(next.text) ? next.text : undefined;
  }

  /** Goes over space; whether there was any. */
  space(): boolean {
    const start = this.at;
    while (this.action[this.at]?.kind === "space") this.at += 1;
    return this.at > start;
  }

  take(): Token | undefined {
    const token = this.action[this.at];
    this.at += 1;
    return token;
  }

  isAt(mark: string): boolean {
    const next = this.action[this.at];
    return next?.kind === "mark" && next.text === mark;
  }

  /** Takes a mark, if it comes next. */
  takes(mark: string): boolean {
    this.space();
    if (!this.isAt(mark)) return false;
    this.at += 1;
    return true;
  }

  /** The fields behind an operand: `b`, `c` of `.a.b.c`. */
  path(): string[] {
    const path: string[] = [];
    for (let next = this.action[this.at]; next?.kind === "field"; next = this.action[this.at]) {
      path.push(next.text);
      this.at += 1;
    }
    return path;
  }

  refusePath(term: string): void {
    if (this.path().length > 0) throw new TemplateError(`unexpected . after term ${term}`);
  }

  /** A name in quotation marks. */
  name(context: string): string {
    this.space();
    const token = this.take();
    if (token?.kind !== "string")
      throw new TemplateError(`unexpected "${token?.text ?? ""}" in ${context} clause`);
    return String(token.value);
  }

  refuseRest(context: string): void {
    if (this.isAtEnd) return;
    this.space();
    throw new TemplateError(`unexpected "${this.shown}" in ${context}`);
  }

  /** Variables that a pipeline begins with: `$x :=`, `$x =`, for a range also `$i, $v :=`. */
  declared(isRange: boolean): { readonly variables: string[]; readonly isNew: boolean } {
    const start = this.at;
    const variables: string[] = [];
    do {
      this.space();
      const next = this.action[this.at];
      if (next?.kind !== "variable") break;
      this.at += 1;
      variables.push(next.text);
      if (this.takes(":=")) return { variables: this.checked(variables, isRange), isNew: true };
      if (this.takes("=")) return { variables: this.checked(variables, isRange), isNew: false };
    } while (this.takes(","));
    this.at = start;
    return { variables: [], isNew: false };
  }

  private checked(variables: string[], isRange: boolean): string[] {
    if (variables.length > (isRange ? 2 : 1)) throw new TemplateError("too many declarations");
    return variables;
  }
}
