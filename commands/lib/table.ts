/**
 * A table for the terminal: a heading, then a line a row, columns two spaces apart. Columns of numbers are aligned to
 * the right.
 */
export function formatTable(
  headings: readonly string[],
  rows: readonly (readonly (string | number)[])[],
): string {
  const columns = headings.map((heading, index) => ({
    width: Math.max(heading.length, ...rows.map((row) => String(row[index] ?? "").length)),
    isNumber: rows.length > 0 && rows.every((row) => typeof row[index] === "number"),
  }));
  const line = (cells: readonly (string | number)[]) =>
    columns
      .map(({ width, isNumber }, index) => {
        const text = String(cells[index] ?? "");
        return isNumber ? text.padStart(width) : text.padEnd(width);
      })
      .join("  ")
      .trimEnd();
  return [headings, ...rows].map(line).join("\n");
}
