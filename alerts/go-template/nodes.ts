import type { Constant } from "./values";

/** A part of a template of Go's text/template. */
export type Node =
  /** As it is written, without what the trim markers beside it take away. */
  | { readonly kind: "text"; readonly text: string }
  | {
      readonly kind: "action";
      readonly pipeline: Pipeline;
      /** What the value goes through before it is written, as html/template does. Default: nothing. */
      readonly escapers?: readonly Escaper[];
    }
  | Branch
  /** `{{ template "name" . }}`; a block is one of these and a definition. */
  | { readonly kind: "template"; readonly name: string; readonly pipeline: Pipeline | undefined }
  | { readonly kind: "break" | "continue" };

/** Nodes that are run once, often or never. */
export interface Branch {
  readonly kind: "if" | "range" | "with";
  readonly pipeline: Pipeline;
  readonly body: readonly Node[];
  /** What `else` and `else if` hold. */
  readonly otherwise: readonly Node[];
}

/** What makes a value harmless in a place of a page. */
export type Escaper = "html" | "attribute" | "unquoted" | "urlFilter" | "urlNormalizer" | "url" | "nothing";

/** Commands of which each is given what the one before it makes: `$value | humanize`. */
export interface Pipeline {
  /** Variables that it declares or assigns: `$x := …`, `$i, $v := …`; names without `$`. */
  readonly variables: readonly string[];
  /** Whether these are new: `:=`, not `=`. */
  readonly isDeclaration: boolean;
  readonly commands: readonly Command[];
}

/** A function with its arguments, or a single value. */
export type Command = readonly Operand[];

/** A value in a command. */
export type Operand =
  /** `.Labels.job`; without a path the dot itself. */
  | { readonly kind: "dot"; readonly path: readonly string[] }
  /** `$labels.job`; the name is without `$`, "" for `$` itself. */
  | { readonly kind: "variable"; readonly name: string; readonly path: readonly string[] }
  /** `(query "up" | first).Value` */
  | { readonly kind: "pipeline"; readonly pipeline: Pipeline; readonly path: readonly string[] }
  | { readonly kind: "function"; readonly name: string; readonly path: readonly string[] }
  | { readonly kind: "string"; readonly value: string }
  /** A number, a character, true, false, nil. */
  | { readonly kind: "constant"; readonly value: Constant };
