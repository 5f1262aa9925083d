/** How many columns a line may have: those of the terminal, else of the variable `COLUMNS`, else 80. */
export function lineWidth(columns: number | undefined = process.stdout.columns): number {
  const asked = Number(process.env.COLUMNS);
  // A terminal that nobody gave a size says 0.
  if (columns !== undefined && columns > 0) return columns;
  return Number.isInteger(asked) && asked > 0 ? asked : 80;
}

/** Least width that is kept for the text beside a hanging indent. */
const narrowest = 24;

/**
 * A line broken between words where it is longer than the width. A word that is longer by itself stays whole; one that only
 * has no room beside the indent stands further to the left.
 * @param indent columns before each line but the first
 */
export function wrapLine(line: string, width: number, indent: number): string {
  const usual = width - indent < narrowest ? 2 : indent;
  let margin = 0;
  const lines: string[] = [];
  let rest = line;
  while (rest.length > width) {
    const start = lines.length === 0 ? (/^ */.exec(rest)?.[0].length ?? 0) : margin;
    const before = rest.lastIndexOf(" ", width);
    const at = before > start ? before : rest.indexOf(" ", Math.max(width, start));
    if (at === -1) break;
    lines.push(rest.slice(0, at).trimEnd());
    const words = rest.slice(at).trimStart();
    const longest = /^\S*/.exec(words)?.[0].length ?? 0;
    margin = longest > width ? usual : Math.min(usual, width - longest);
    rest = " ".repeat(margin) + words;
  }
  return [...lines, rest].join("\n");
}

/**
 * A text of lines, each broken between words where it is longer than the width. What follows stands below the second
 * column, where the line has two: below the text beside an option or a command. A line that is indented as far goes on
 * with the one before it.
 */
export function wrapText(text: string, width: number): string {
  const firstColumn = /^ *\S(?:.*?\S)? {2,}(?=\S)|^ */;
  return text
    .replace(/\n {8,}(?=\S)/g, " ")
    .split("\n")
    .map((line) => wrapLine(line, width, firstColumn.exec(line)?.[0].length ?? 0))
    .join("\n");
}

/** Parts of a line, two spaces apart, on as many lines as they take; a part is broken only where it is longer than one. */
export function wrapParts(parts: readonly string[], width: number): readonly string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const joined = `${lines.at(-1) ?? ""}  ${part}`;
    if (lines.length > 0 && joined.length <= width) lines.splice(-1, 1, joined);
    else lines.push(...wrapLine(part, width, 2).split("\n"));
  }
  return lines;
}
