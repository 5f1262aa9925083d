import { wrapped } from "../generate/words";

/** A piece of code. Whole numbers of a list may share lines, as Prettier has it. */
export type Code = string | ListCode | ObjectCode | CallCode;

/** `[1, 2]` */
export interface ListCode {
  readonly list: readonly Item[];
  /** Whether all items are numbers. Default: false. */
  readonly isNumbers?: boolean;
}

/** `{ key: value }` */
export interface ObjectCode {
  readonly properties: readonly (Item & { readonly key: string })[];
  /** Whether each property has a line of its own, though all would fit into one. Default: false. */
  readonly isOpen?: boolean;
}

/** `name(first, second)` */
export interface CallCode {
  readonly call: string;
  readonly args: readonly Code[];
}

/** A part of a list or an object. */
export interface Item {
  readonly value: Code;
  /** Stands in lines of its own before it. Default: none. */
  readonly comment?: string;
}

/** As in this repository. */
const width = 110;

/**
 * Writes code as Prettier formats it.
 * @param column where it begins
 * @param indent that of its line
 * @param after how many characters follow it on its last line
 */
export function written(code: Code, column = 0, indent = "", after = 0): string {
  const flat = flatOf(code);
  if (typeof code === "string") return code;
  if (flat !== undefined && column + flat.length + after <= width) return flat;
  const inner = `${indent}  `;
  if ("call" in code) return writtenCall(code, column, indent);
  if ("properties" in code) {
    const lines = code.properties.map(
      ({ key, value, comment }) =>
        `${commentOf(comment, inner)}${inner}${key}: ${written(value, inner.length + key.length + 2, inner, 1)},\n`,
    );
    return `{\n${lines.join("")}${indent}}`;
  }
  if (code.isNumbers === true) {
    const numbers = code.list.map(({ value }) => flatOf(value) ?? "").join(", ");
    const lines = wrapped(`${numbers},`, width - inner.length);
    return `[\n${lines.map((line) => `${inner}${line}\n`).join("")}${indent}]`;
  }
  return `[\n${code.list.map((item) => itemLine(item, inner)).join("")}${indent}]`;
}

/** A call whose arguments do not fit into the line: the last one alone is opened, where that is enough. */
function writtenCall({ call, args }: CallCode, column: number, indent: string): string {
  const last = args.at(-1);
  const heads = args.slice(0, -1).map(flatOf);
  if (last !== undefined && typeof last !== "string" && !("call" in last) && !heads.includes(undefined)) {
    const head = `${call}(${heads.map((each) => `${each ?? ""}, `).join("")}`;
    if (column + head.length + 1 <= width) {
      return `${head}${written(last, width, indent)})`;
    }
  }
  const lines = args.map((value) => itemLine({ value }, `${indent}  `));
  return `${call}(\n${lines.join("")}${indent})`;
}

function itemLine({ value, comment }: Item, indent: string): string {
  return `${commentOf(comment, indent)}${indent}${written(value, indent.length, indent, 1)},\n`;
}

function commentOf(comment: string | undefined, indent: string): string {
  if (comment === undefined) return "";
  const lines = wrapped(comment, width - indent.length - 3);
  return lines.map((line) => `${indent}// ${line}\n`).join("");
}

/** The code in one line; undefined where it has lines of its own. */
function flatOf(code: Code): string | undefined {
  if (typeof code === "string") return code;
  if ("call" in code) return joined(`${code.call}(`, code.args.map(flatOf), ")");
  if ("list" in code) return joined("[", code.list.map(flatItem), "]");
  if (code.isOpen === true) return undefined;
  const properties = code.properties.map((item) => {
    const value = flatItem(item);
    return value === undefined ? undefined : `${item.key}: ${value}`;
  });
  return code.properties.length === 0 ? "{}" : joined("{ ", properties, " }");
}

function flatItem({ value, comment }: Item): string | undefined {
  return comment === undefined ? flatOf(value) : undefined;
}

function joined(open: string, parts: readonly (string | undefined)[], close: string): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(", ")}${close}`;
}

/** A text in the quotes that need fewer escapes. What no editor shows is escaped. */
export function textCode(text: string): string {
  const json = JSON.stringify(text).replace(/(?! )[\p{C}\p{Z}]/gu, escaped);
  const count = (quote: string) => text.split(quote).length;
  if (count('"') <= count("'")) return json;
  return `'${json.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}

function escaped(character: string): string {
  return Array.from({ length: character.length }, (_, index) => {
    return `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
  }).join("");
}

/** A number without the plus sign that JavaScript writes before exponents. */
export function numberCode(value: number): string {
  return String(value).replace("+", "");
}
