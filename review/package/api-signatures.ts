import type {
  DeclarationReflection,
  ParameterReflection,
  SignatureReflection,
  SomeType,
  TypeParameterReflection,
} from "typedoc" with { "resolution-mode": "import" };

/** The most characters of a type that somebody reads; a longer one is left to the compiler. */
const readable = 200;

/** A function or method as it is called: `name<T>(a: A, b?: B): R`. */
export function callOf(signature: SignatureReflection, name: string): string {
  const parameters = (signature.parameters ?? []).map(parameterOf).join(", ");
  return `${name}${typeParametersOf(signature)}(${parameters})${annotation(signature.type)}`;
}

/** A constructor as it is called. */
export function constructionOf(signature: SignatureReflection, name: string): string {
  return `new ${name}(${(signature.parameters ?? []).map(parameterOf).join(", ")})`;
}

/** A property or variable: `name?: T`. */
export function memberOf({ name, flags, type }: DeclarationReflection): string {
  return `${name}${flags.isOptional ? "?" : ""}${annotation(type)}`;
}

/** What stands before the members of a class or interface. */
export function headOf(declaration: DeclarationReflection, kind: "class" | "interface"): string {
  const list = (word: string, types: readonly SomeType[] | undefined) =>
    types === undefined || types.length === 0 ? "" : ` ${word} ${types.map(textOf).join(", ")}`;
  const parents =
    list("extends", declaration.extendedTypes) + list("implements", declaration.implementedTypes);
  return `${kind} ${declaration.name}${typeParametersOf(declaration)}${parents}`;
}

/** A type with a name: `type Name<T> = …`. */
export function aliasOf(declaration: DeclarationReflection): string {
  const { name, type } = declaration;
  const text = type === undefined ? "" : textOf(type);
  return `type ${name}${typeParametersOf(declaration)}${text.length > readable ? "" : ` = ${text}`}`;
}

function parameterOf({ name, flags, type, defaultValue }: ParameterReflection): string {
  // A parameter that is taken apart has no name.
  const called = name === "__namedParameters" ? "options" : name;
  const isOptional = flags.isOptional || defaultValue !== undefined;
  return `${flags.isRest ? "..." : ""}${called}${isOptional ? "?" : ""}${annotation(type)}`;
}

function typeParametersOf({
  typeParameters = [],
}: {
  readonly typeParameters?: readonly TypeParameterReflection[];
}): string {
  if (typeParameters.length === 0) return "";
  const texts = typeParameters.map(({ name, type, default: byDefault }) => {
    const bound = type === undefined ? "" : ` extends ${textOf(type)}`;
    return `${name}${bound}${byDefault === undefined ? "" : ` = ${textOf(byDefault)}`}`;
  });
  return `<${texts.join(", ")}>`;
}

function annotation(type: SomeType | undefined): string {
  const text = type === undefined ? "" : textOf(type);
  return text === "" || text.length > readable ? "" : `: ${text}`;
}

function textOf(type: SomeType): string {
  return type.toString().replace(/\s+/g, " ");
}
