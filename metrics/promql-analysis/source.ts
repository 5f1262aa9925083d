/** Strings; comments; numbers that end in their point (`2.`, `1.e3`); a carriage return. */
const pattern =
  /("(?:[^"\\\n]|\\[^])*"?|'(?:[^'\\\n]|\\[^])*'?|`[^`]*`?)|#[^\n]*|(?<![\w.:])(\d+(?:_?\d)*)\.(e[-+]?\d+)?(?![\w.])|\r/gi;

/**
 * The text in which the grammar of Prometheus's editor reads what Prometheus does: without comments, which its checks
 * take for operands, and without the point of `2.`, which it does not know. Every character keeps its place.
 */
export function readable(text: string): string {
  return text.replace(pattern, (whole, string?: string, digits?: string, exponent = "") => {
    if (string !== undefined) return whole;
    return `${digits ?? ""}${exponent}`.padEnd(whole.length);
  });
}
