import { wrapLine } from "./wrap";

/**
 * A table for the terminal: a heading, then a line a row, columns two spaces apart. Columns of numbers are aligned to
 * the right.
 * @param width where the last column's text is broken between words. Default: nowhere
 */
export function formatTable(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
  width = Infinity,
): string {
  const columns = headings.map((heading, index) => ({
    width: Math.max(heading.length, ...rows.map((row) => String(row[index] ?? "").length)),
    isNumber: rows.length > 0 && rows.every((row) => typeof row[index] === "number"),
  }));
  const lastColumn = columns.slice(0, -1).reduce((sum, column) => sum + column.width + 2, 0);
  const line = (cells: readonly (string | number)[]) => {
    const texts = columns.map((column, index) => {
      const text = String(cells[index] ?? "");
      return column.isNumber ? text.padStart(column.width) : text.padEnd(column.width);
    });
    return wrapLine(texts.join("  ").trimEnd(), width, lastColumn);
  };
  return [headings, ...rows].map(line).join("\n");
}
