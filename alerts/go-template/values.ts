import type { GoDuration, GoTime } from "./times";

/** A number with an imaginary part: Go's templates read it, nothing that is rendered here calculates with it. */
export const imaginary = Symbol("complex128");

/** What a constant of a template stands for: null is `nil`. */
export type Constant = string | bigint | number | boolean | null | typeof imaginary;

/**
 * A value as Go's templates see it. A bigint is an int, a number a float64; undefined is what is not there, which is
 * shown as `<no value>`.
 */
export type GoValue =
  | string
  | bigint
  | number
  | boolean
  | null
  | undefined
  | typeof imaginary
  | GoList
  | GoMap
  | GoStruct
  | GoTime
  | GoDuration
  | MarkedText;

/** What a function or method takes; `strings` is a list of strings. */
export type Parameter = "string" | "strings" | "time" | "any";

/** A function that a template can call. */
export interface GoFunction {
  readonly parameters: readonly Parameter[];
  /** What each further argument is. Default: there may be none. */
  readonly rest?: Parameter;
  /**
   * Is given arguments of these types.
   * @throws TemplateError with what Go would say
   */
  readonly call: (...values: never[]) => GoValue;
}

/** Functions by their names. */
export type GoFunctions = Readonly<Record<string, GoFunction>>;

/** The value that each kind of parameter is given. */
interface Given {
  readonly string: string;
  readonly strings: readonly string[];
  readonly time: GoTime;
  readonly any: GoValue;
}

type GivenAll<P extends readonly Parameter[]> = { readonly [I in keyof P]: Given[P[I]] };

/** A function of so many parameters. */
export function fixed<const P extends readonly Parameter[]>(
  parameters: P,
  call: (...values: GivenAll<P>) => GoValue,
): GoFunction {
  return { parameters, call: call as GoFunction["call"] };
}

/** A function that takes any number of further arguments. */
export function variadic<const P extends readonly Parameter[], R extends Parameter>(
  parameters: P,
  rest: R,
  call: (...values: [...GivenAll<P>, ...Given[R][]]) => GoValue,
): GoFunction {
  return { parameters, rest, call: call as unknown as GoFunction["call"] };
}

/** What types have in common. */
interface TypeOptions {
  readonly methods?: GoFunctions;
  /** What Go writes of it, where it has a method String. */
  readonly text?: () => string;
}

/** A slice. */
export class GoList {
  readonly methods: GoFunctions;
  readonly text: (() => string) | undefined;

  constructor(
    /** As Go names it: `[]string`. */
    readonly typeName: string,
    readonly items: readonly GoValue[],
    { methods = {}, text }: TypeOptions = {},
  ) {
    this.methods = methods;
    this.text = text;
  }
}

/** A map with texts as keys, sorted by their bytes. */
export class GoMap {
  readonly entries: ReadonlyMap<string, GoValue>;
  readonly methods: GoFunctions;
  readonly text: (() => string) | undefined;

  constructor(
    /** As Go names it: `map[string]string`. */
    readonly typeName: string,
    values: Readonly<Record<string, GoValue>> | Iterable<readonly [string, GoValue]>,
    /** What a key that is not there gives. */
    readonly zero: GoValue,
    { methods = {}, text }: TypeOptions = {},
  ) {
    const pairs = Symbol.iterator in values ? [...values] : Object.entries(values);
    this.entries = new Map(pairs.sort(([a], [b]) => byBytes(a, b)));
    this.methods = methods;
    this.text = text;
  }
}

/** A struct with its exported fields. */
export class GoStruct {
  readonly methods: GoFunctions;
  readonly jsonNames: Readonly<Record<string, string>>;

  constructor(
    /** As Go names it: `template.Alert`. */
    readonly typeName: string,
    readonly fields: Readonly<Record<string, GoValue>>,
    {
      methods = {},
      jsonNames = {},
    }: Pick<TypeOptions, "methods"> & {
      /** What fields are called in JSON. Default: their own names. */
      readonly jsonNames?: Readonly<Record<string, string>>;
    } = {},
  ) {
    this.methods = methods;
    this.jsonNames = jsonNames;
  }

  /** What a field is called in JSON. */
  nameInJson(field: string): string {
    return this.jsonNames[field] ?? field;
  }
}

/** A text that html/template takes as safe in its place. */
export class MarkedText {
  constructor(
    readonly kind: "html" | "url",
    readonly content: string,
  ) {}

  get typeName(): string {
    return this.kind === "html" ? "template.HTML" : "template.URL";
  }
}

/** Strings as Go sees them. */
export function stringList(items: readonly string[]): GoList {
  return new GoList("[]string", items);
}

/** The order of two texts by their bytes in UTF-8, which is that of their code points. */
export function byBytes(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)];
    if (left !== right)
      return isSurrogate(left) === isSurrogate(right) ? left - right : isSurrogate(left) ? 1 : -1;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

/** What Go calls the type of a value. */
export function typeName(value: GoValue): string {
  switch (typeof value) {
    case "string":
      return "string";
    case "bigint":
      return "int";
    case "number":
      return "float64";
    case "boolean":
      return "bool";
    case "symbol":
      return "complex128";
    case "undefined":
      return "<nil>";
    default:
      return value === null ? "<nil>" : value.typeName;
  }
}
