import { many } from "../words";

/**
 * Lines of a table, at most so many rows and a line that says how many more there are.
 * @param cells Markdown, escaped
 */
export function tableLines(
  headings: readonly string[],
  alignments: string,
  cells: readonly (readonly string[])[],
  rows: number,
  what: string,
): readonly string[] {
  const line = (row: readonly string[]) => `| ${row.join(" | ")} |`;
  const rules = [...alignments].map((alignment) => (alignment === "r" ? "--:" : "---"));
  const rest = cells.length - rows;
  return [
    line(headings),
    line(rules),
    ...cells.slice(0, rows).map(line),
    ...(rest > 0
      ? [line([`and ${many(rest, `${what} more`, `${what}s more`)}`, ...headings.slice(1).map(() => "")])]
      : []),
  ];
}

/** Lines of a list, at most so many and one that says how many more there are. */
export function listLines(items: readonly string[], rows: number): readonly string[] {
  const rest = items.length - rows;
  return [
    ...items.slice(0, rows).map((item) => `- ${item}`),
    ...(rest > 0 ? [`- and ${many(rest, "more", "more")}`] : []),
  ];
}
