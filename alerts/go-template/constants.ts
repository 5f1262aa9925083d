import { unquote } from "../../metrics/promql-analysis";
import { TemplateError } from "./template-error";
import { imaginary, type Constant } from "./values";

const number =
  /^[-+]?(?:(?:0|[1-9][\d_]*|0[xX][\da-fA-F_]+|0[bB][01_]+|0[oO]?[0-7_]+)i?|(?:\d[\d_]*)?\.?[\d_]*(?:[eE][-+]?\d+)?i?)$/;

/** The text that a string of a template stands for. @throws TemplateError where it is none */
export function textOf(literal: string): string {
  try {
    return unquote(literal);
  } catch (error) {
    throw new TemplateError(error instanceof Error ? error.message : String(error));
  }
}

/**
 * The value of a number or character: a whole number is an int, one with a point or an exponent a float64.
 * @throws TemplateError where Go reads none in it
 */
export function constantOf(literal: string): Constant {
  if (literal.startsWith("'")) return BigInt(textOf(literal).codePointAt(0) ?? 0);
  if (!number.test(literal)) throw new TemplateError(`bad number ${literal}`);
  if (literal.endsWith("i")) return imaginary;
  const digits = literal.replaceAll("_", "").replace(/^[-+]/, "");
  const isNegative = literal.startsWith("-");
  const isHexadecimal = /^0x/i.test(digits);
  if (!isHexadecimal && /[.e]/i.test(digits)) return isNegative ? -Number(digits) : Number(digits);
  const octal = /^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits;
  const value = isNegative ? -BigInt(octal) : BigInt(octal);
  if (value !== BigInt.asIntN(64, value)) throw new TemplateError(`integer overflow: ${literal}`);
  return value;
}
