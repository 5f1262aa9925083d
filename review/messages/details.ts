import { isAlias, isCollection, isMap, isPair, isScalar, isSeq, parseAllDocuments, Scalar } from "yaml";
import { byBytes, GoList, GoMap, type GoValue } from "../../alerts/go-template/values";

/** What has no place in a text of YAML, as Go's reader of it knows. */
const unprintable = /[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u;

/** A first line that is for readers of YAML; of others than these it says that it does not know them. */
const unknownDirective = /^%(?!(?:YAML|TAG)[ \t])/;

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
  if (typeof value === "bigint" || value === null) return value;
  if (typeof value === "object") return rendered(new Map(Object.entries(value)), text);
  return typeof value === "number" && Number.isInteger(value) ? BigInt(value) : (value as GoValue);
}

/** A value of YAML as Go's yaml.v2 reads it; undefined where it refuses the text. */
function readYaml(text: string): unknown {
  if (unprintable.test(text) || unknownDirective.test(text)) return undefined;
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
    const { contents, errors } = first;
    return isRefused(text, contents, errors) ? undefined : valueOf(contents, text);
  } catch {
    return undefined;
  }
}

/**
 * Whether Go's reader finds a mistake, too. It reads the first node alone: what stands behind one that has an end of its own
 * it looks at only until it knows that something follows.
 */
function isRefused(
  text: string,
  contents: unknown,
  errors: readonly { readonly code: string; readonly pos: readonly [number, number] }[],
): boolean {
  if (errors.length === 0) return false;
  if (!isCollection(contents) && !isScalar(contents)) return true;
  const hasEnd =
    (isCollection(contents) && contents.flow === true) ||
    (isScalar(contents) && (contents.type === "QUOTE_SINGLE" || contents.type === "QUOTE_DOUBLE"));
  const end = contents.range?.[1] ?? 0;
  const areBehind = errors.every(({ code, pos }) => code === "UNEXPECTED_TOKEN" && pos[0] >= end);
  return !hasEnd || !areBehind || /^[@`%]/.test(text.slice(end).trimStart());
}

/** A text whose block ends with the document has a line break only where one is written. */
function blockText(value: string, text: string, end: number): string {
  return end >= text.length && !text.endsWith("\n") ? value.replace(/\n$/, "") : value;
}

function valueOf(node: unknown, text: string): unknown {
  if (isScalar(node)) {
    const { value, type, tag } = node;
    const read = typeof value === "string" ? value : "";
    const isBlock = type === Scalar.BLOCK_LITERAL || type === Scalar.BLOCK_FOLDED;
    const written = isBlock ? blockText(read, text, node.range?.[1] ?? 0) : read;
    return type === Scalar.PLAIN && tag === undefined ? plainOf(written) : written;
  }
  if (isSeq(node)) return node.items.map((item) => valueOf(item, text));
  if (isMap(node)) {
    const pairs = node.items.map((pair) =>
      isPair(pair) ? [valueOf(pair.key, text), valueOf(pair.value, text)] : [],
    );
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

/** What a text without quotation marks is; a date stays a text. */
function plainOf(text: string): unknown {
  if (words.has(text)) return words.get(text);
  if (!/^[-+.\d]/.test(text)) return text;
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
