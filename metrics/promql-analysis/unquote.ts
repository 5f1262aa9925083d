const simple: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
  "'": "'",
  '"': '"',
};
const escapes =
  /\\(?:([abfnrtv\\'"])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]?))/g;

/**
 * The text that a string of PromQL or of a template stands for, by Go's rules.
 * @param literal with its quotation marks: "…", '…' or `…`.
 * @throws SyntaxError when it has no end or an escape that Go does not know.
 */
export function unquote(literal: string): string {
  const quote = literal[0] ?? "";
  if (literal.length < 2 || !literal.endsWith(quote))
    throw new SyntaxError(`the string ${literal} has no end`);
  const inner = literal.slice(1, -1);
  if (quote === "`") return inner;
  return inner.replace(escapes, (whole, ...groups: (string | undefined)[]) => {
    const [letter, octal, two, four, eight] = groups;
    if (letter !== undefined && (letter === quote || !/['"]/.test(letter))) return simple[letter] ?? "";
    const hex = two ?? four ?? eight;
    const code = octal === undefined ? parseInt(hex ?? "", 16) : parseInt(octal, 8);
    const most = octal === undefined ? 0x10ffff : 0xff;
    if (Number.isNaN(code) || code > most) throw new SyntaxError(`unknown escape ${whole} in ${literal}`);
    return String.fromCodePoint(code);
  });
}
