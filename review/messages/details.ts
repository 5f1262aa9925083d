import { isAlias, isMap, isPair, isScalar, isSeq, parseAllDocuments, Scalar } from "yaml";
import { GoTime } from "../../alerts/go-template/times";
import { byBytes, GoList, GoMap, type GoValue } from "../../alerts/go-template/values";

/** What has no place in a text of YAML, as Go's reader of it knows. */
const unprintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/**
 * Details of a page as Alertmanager makes them: each text is a template, and what that gives is read as YAML, whose texts
 * are templates again.
 * @param text runs a template
 */
export function renderedDetails(
  details: Readonly<Record<string, unknown>>,
  text: (template: string) => string,
): GoMap {
  return mapOf(Object.entries(details).map(([name, value]) => [name, rendered(value, text)]));
}

function mapOf(pairs: readonly (readonly [string, GoValue])[]): GoMap {
  return new GoMap("map[string]interface {}", pairs, undefined);
}

function rendered(value: unknown, text: (template: string) => string): GoValue {
  if (typeof value === "string") {
    const shown = text(value);
    const read = readYaml(shown);
    return read === undefined || typeof read === "string" ? shown : rendered(read, text);
  }
  if (Array.isArray(value))
    return new GoList(
      "[]interface {}",
      value.map((each) => rendered(each, text)),
    );
  if (value instanceof Map) {
    const keys = [...value].filter((pair): pair is [string, unknown] => typeof pair[0] === "string");
    return mapOf(keys.map(([name, each]) => [text(name), rendered(each, text)]));
  }
  if (value instanceof GoTime || typeof value === "bigint" || value === null) return value;
  if (typeof value === "object") return rendered(new Map(Object.entries(value)), text);
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : (value as GoValue);
}

/** A value of YAML as Go's yaml.v2 reads it; undefined where it refuses the text. */
function readYaml(text: string): unknown {
  if (unprintable.test(text)) return undefined;
  try {
    const documents = parseAllDocuments(text, {
      version: "1.1",
      schema: "failsafe",
      uniqueKeys: false,
      logLevel: "silent",
    });
    if (!Array.isArray(documents)) return null;
    const [first] = documents as ReturnType<typeof parseAllDocuments> & readonly unknown[];
    if (first === undefined) return null;
    const { contents, errors } = first as { readonly contents: unknown; readonly errors: readonly unknown[] };
    return errors.length > 0 ? undefined : valueOf(contents);
  } catch {
    return undefined;
  }
}

function valueOf(node: unknown): unknown {
  if (isScalar(node)) {
    const { value, type, tag } = node;
    const written = typeof value === "string" ? value : "";
    return type === Scalar.PLAIN && tag === undefined ? plainOf(written) : written;
  }
  if (isSeq(node)) return node.items.map(valueOf);
  if (isMap(node)) {
    const pairs = node.items.map((pair) => (isPair(pair) ? [valueOf(pair.key), valueOf(pair.value)] : []));
    return new Map(pairs.sort(([a], [b]) => byBytes(String(a), String(b))) as [unknown, unknown][]);
  }
  if (isAlias(node)) throw new Error("an alias");
  return null;
}

const words = new Map<string, unknown>([
  ...["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"].map(
    (word) => [word, true] as const,
  ),
  ...["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"].map(
    (word) => [word, false] as const,
  ),
  ...["", "~", "null", "Null", "NULL"].map((word) => [word, null] as const),
  ...[".nan", ".NaN", ".NAN"].map((word) => [word, NaN] as const),
  ...[".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"].map((word) => [word, Infinity] as const),
  ...["-.inf", "-.Inf", "-.INF"].map((word) => [word, -Infinity] as const),
]);

/** What a text without quotation marks is. */
function plainOf(text: string): unknown {
  if (words.has(text)) return words.get(text);
  if (!/^[-+.\d]/.test(text)) return text;
  const time = timeOf(text);
  if (time !== undefined) return time;
  const plain = text.startsWith(".") ? text : text.replaceAll("_", "");
  const whole = wholeOf(plain);
  if (whole !== undefined) return whole;
  if (!/^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(plain)) return text;
  const number = Number(plain);
  return Number.isFinite(number) ? number : text;
}

function wholeOf(text: string): bigint | undefined {
  const [, sign, digits] =
    /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9]\d*)$/.exec(text) ?? [];
  if (digits === undefined) return undefined;
  const size = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = sign === "-" ? -size : size;
  return value >= -(2n ** 63n) && value < (sign === "" ? 2n ** 64n : 2n ** 63n) ? value : undefined;
}

const time =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?(Z|[-+]\d\d:\d\d))| (\d\d?):(\d\d?):(\d\d?)(?:[.,](\d+))?)?$/;

function timeOf(text: string): GoTime | undefined {
  const [, year, month, day, ...rest] = time.exec(text) ?? [];
  if (year === undefined) return undefined;
  const [hour, minute, second, fraction, zone, ...plain] = rest;
  const [h = "0", m = "0", s = "0", f = "0"] = hour === undefined ? plain : [hour, minute, second, fraction];
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(h), Number(m), Number(s));
  const isDate =
    new Date(at).getUTCMonth() === Number(month) - 1 && Number(h) < 24 && Number(m) < 60 && Number(s) < 60;
  if (!isDate || Number(day) < 1) return undefined;
  const offset =
    zone === undefined || zone === "Z" ? 0 : Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4));
  if (offset !== 0) return undefined;
  return new GoTime(at + Math.trunc(Number(`0.${f}`) * 1000));
}
