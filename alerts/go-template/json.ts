import { GoDuration, GoTime } from "./times";
import { GoList, GoMap, GoStruct, MarkedText, type GoValue } from "./values";
import { TemplateError } from "./template-error";
import { wellFormed } from "./texts";

/** A text as Go's encoding/json writes it: what HTML reads as markup is escaped. */
export function jsonText(text: string): string {
  return JSON.stringify(wellFormed(text)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * A value as Go's encoding/json writes it.
 * @throws TemplateError for what JSON cannot say
 */
export function jsonOf(value: GoValue): string {
  if (value === null || value === undefined) return "null";
  if (value instanceof GoTime) return jsonText(value.toJSON());
  if (value instanceof GoDuration) return String(value.nanoseconds);
  if (value instanceof MarkedText) return jsonText(value.content);
  if (value instanceof GoList) return `[${value.items.map(jsonOf).join(",")}]`;
  if (value instanceof GoMap) return objectOf([...value.entries]);
  if (value instanceof GoStruct)
    return objectOf(Object.entries(value.fields).map(([name, field]) => [value.nameInJson(name), field]));
  switch (typeof value) {
    case "string":
      return jsonText(value);
    case "number":
      return jsonNumber(value);
    case "symbol":
      throw new TemplateError("json: unsupported type: complex128");
    default:
      return String(value);
  }
}

function objectOf(pairs: readonly (readonly [string, GoValue])[]): string {
  return `{${pairs.map(([name, value]) => `${jsonText(name)}:${jsonOf(value)}`).join(",")}}`;
}

/** A float64 as Go's encoding/json writes it, which is how JavaScript does. */
function jsonNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TemplateError(`json: unsupported value: ${String(value)}`);
  return Object.is(value, -0) ? "-0" : String(value);
}
