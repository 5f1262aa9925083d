import { equalsAny, isLess, isTrue } from "./comparison";
import { sprint, sprintf, sprintln } from "./format";
import { TemplateError } from "./template-error";
import { htmlEscaped, jsEscaped, queryEscaped } from "./texts";
import {
  fixed,
  GoList,
  GoMap,
  MarkedText,
  typeName,
  variadic,
  type GoFunctions,
  type GoValue,
} from "./values";

/** Go's own functions; `and` and `or` are the evaluation's, as they do not look at all their arguments. */
export const builtins: GoFunctions = {
  and: variadic(["any"], "any", (first) => first),
  or: variadic(["any"], "any", (first) => first),
  not: fixed(["any"], (value) => !isTrue(value)),
  call: variadic(["any"], "any", (value) => {
    throw new TemplateError(`non-function of type ${typeName(value)}`);
  }),
  eq: variadic(["any"], "any", (first, ...others) => equalsAny(first, others)),
  ne: fixed(["any", "any"], (first, second) => !equalsAny(first, [second])),
  lt: fixed(["any", "any"], isLess),
  le: fixed(["any", "any"], isAtMost),
  // Not the opposite of what people expect: of NaN both are true.
  gt: fixed(["any", "any"], (first, second) => !isAtMost(first, second)),
  ge: fixed(["any", "any"], (first, second) => !isLess(first, second)),
  len: fixed(["any"], (value) => BigInt(lengthOf(value))),
  index: variadic(["any"], "any", (value, ...keys) => keys.reduce(itemOf, value)),
  slice: variadic(["any"], "any", sliceOf),
  print: variadic([], "any", sprint),
  println: variadic([], "any", sprintln),
  printf: variadic(["string"], "any", sprintf),
  html: variadic([], "any", (...values) => htmlEscaped(textOfAll(values))),
  js: variadic([], "any", (...values) => jsEscaped(textOfAll(values))),
  urlquery: variadic([], "any", (...values) => queryEscaped(textOfAll(values))),
};

function isAtMost(first: GoValue, second: GoValue): boolean {
  return isLess(first, second) || equalsAny(first, [second]);
}

/** Values as Go's escaping functions see them. */
export function textOfAll(values: readonly GoValue[]): string {
  const [first] = values;
  if (values.length === 1 && typeof first === "string") return first;
  return sprint(...values.map((value) => (value === undefined ? "<no value>" : value)));
}

function lengthOf(value: GoValue): number {
  if (typeof value === "string") return Buffer.byteLength(value);
  if (value instanceof MarkedText) return Buffer.byteLength(value.content);
  if (value instanceof GoList) return value.items.length;
  if (value instanceof GoMap) return value.entries.size;
  throw new TemplateError(
    value === undefined || value === null ? "len of nil pointer" : `len of type ${typeName(value)}`,
  );
}

function itemOf(value: GoValue, key: GoValue): GoValue {
  if (value instanceof GoMap) {
    if (typeof key !== "string") throw new TemplateError(`value has type ${typeName(key)}; should be string`);
    return value.entries.has(key) ? value.entries.get(key) : value.zero;
  }
  if (value instanceof GoList) return value.items[itemPosition(key, value.items.length, "slice")];
  if (typeof value === "string") {
    const bytes = Buffer.from(value);
    return BigInt(bytes[itemPosition(key, bytes.length, "string")] ?? 0);
  }
  throw new TemplateError(
    value === undefined || value === null
      ? "index of untyped nil"
      : `can't index item of type ${typeName(value)}`,
  );
}

/** Go looks at the place behind the last one, too, and is told that nothing is there. */
function itemPosition(key: GoValue, length: number, kind: "slice" | "string"): number {
  const position = positionIn(key, length);
  if (position === length) throw new TemplateError(`reflect: ${kind} index out of range`);
  return position;
}

function positionIn(key: GoValue, last: number): number {
  if (typeof key !== "bigint") throw new TemplateError(`cannot index slice/array with type ${typeName(key)}`);
  if (key < 0n || key > BigInt(last)) throw new TemplateError(`index out of range: ${String(key)}`);
  return Number(key);
}

/** A part of a list, or of a text by its bytes; of a character that is cut through, U+FFFD stays. */
function sliceOf(value: GoValue, ...positions: GoValue[]): GoValue {
  if (positions.length > 3) throw new TemplateError(`too many slice indexes: ${String(positions.length)}`);
  const length = lengthOf(value);
  const [from = 0, to = length] = positions.map((position) => positionIn(position, length));
  if (from > to) throw new TemplateError(`invalid slice index: ${String(from)} > ${String(to)}`);
  if (typeof value === "string") {
    if (positions.length === 3) throw new TemplateError("cannot 3-index slice a string");
    return Buffer.from(value).subarray(from, to).toString();
  }
  if (value instanceof GoList)
    return new GoList(value.typeName, value.items.slice(from, to), {
      methods: value.methods,
      ...(value.text && { text: value.text }),
    });
  throw new TemplateError(`can't slice item of type ${typeName(value)}`);
}
