/** A template of Go's text/template, as far as the checks look at it. */
export type Node =
  | { readonly kind: "action"; readonly pipeline: Pipeline }
  | {
      readonly kind: "if" | "range" | "with";
      readonly pipeline: Pipeline;
      readonly body: readonly Node[];
      /** What `else` and `else if` hold. */
      readonly otherwise: readonly Node[];
    }
  /** `{{ template "name" . }}`; a block is one of these and a definition. */
  | { readonly kind: "template"; readonly name: string; readonly pipeline: Pipeline | undefined };

/** Commands of which each is given what the one before it makes: `$value | humanize`. */
export interface Pipeline {
  /** Variables that it declares or assigns: `$x := …`, `$i, $v := …`. */
  readonly variables: readonly string[];
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
  | { readonly kind: "constant" };
