import { TemplateError } from "./template-error";
import { GoDuration, GoTime } from "./times";
import { GoList, GoMap, GoStruct, MarkedText, typeName, type GoValue } from "./values";

type Kind = "bool" | "int" | "float" | "string" | "nothing" | "other";

function kindOf(value: GoValue): Kind {
  switch (typeof value) {
    case "boolean":
      return "bool";
    case "bigint":
      return "int";
    case "number":
      return "float";
    case "string":
      return "string";
    case "undefined":
      return "nothing";
    default:
      if (value === null) return "nothing";
      if (value instanceof GoDuration) return "int";
      return value instanceof MarkedText ? "string" : "other";
  }
}

/** What basic values are compared by. */
function plain(value: GoValue): GoValue {
  if (value instanceof GoDuration) return value.nanoseconds;
  return value instanceof MarkedText ? value.content : value;
}

/** Whether a value equals one of others. @throws TemplateError where Go cannot compare them */
export function equalsAny(first: GoValue, others: readonly GoValue[]): boolean {
  if (others.length === 0) throw new TemplateError("missing argument for comparison");
  return others.some((other) => {
    const [left, right] = [kindOf(first), kindOf(other)];
    if (left === "nothing" || right === "nothing") return left === right;
    if (left !== right)
      throw new TemplateError(`incompatible types for comparison: ${typeName(first)} and ${typeName(other)}`);
    if (first instanceof GoList || first instanceof GoMap)
      throw new TemplateError(`non-comparable type ${typeName(first)}`);
    if (left === "other") return sameOthers(first, other);
    return plain(first) === plain(other);
  });
}

function sameOthers(first: GoValue, other: GoValue): boolean {
  if (first instanceof GoStruct) throw new TemplateError(`non-comparable type ${first.typeName}`);
  if (first instanceof GoTime && other instanceof GoTime)
    return first.milliseconds === other.milliseconds && first.zone === other.zone;
  return first === other;
}

/** Whether the first of two is less. @throws TemplateError where Go has no order of them */
export function isLess(first: GoValue, second: GoValue): boolean {
  const [left, right] = [kindOf(first), kindOf(second)];
  if (left === "other" || left === "nothing" || right === "other" || right === "nothing")
    throw new TemplateError("invalid type for comparison");
  if (left !== right) throw new TemplateError("incompatible types for comparison");
  if (left === "bool") throw new TemplateError("invalid type for comparison");
  const [one, two] = [plain(first), plain(second)];
  if (typeof one === "string" && typeof two === "string")
    return Buffer.compare(Buffer.from(one), Buffer.from(two)) < 0;
  return (one as number) < (two as number);
}

/** Whether Go takes a value as true: not zero, not empty. */
export function isTrue(value: GoValue): boolean {
  if (value instanceof GoList) return value.items.length > 0;
  if (value instanceof GoMap) return value.entries.size > 0;
  if (value instanceof GoDuration) return value.isPointer || value.nanoseconds !== 0n;
  if (value instanceof MarkedText) return value.content !== "";
  // NaN is not zero.
  if (typeof value === "number") return value !== 0;
  return Boolean(value);
}
