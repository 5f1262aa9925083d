/** A line of a text, and whether the other text has none that stands for it. */
export interface Line {
  readonly line: string;
  readonly isNew: boolean;
}

/** Beyond as many pairs of lines each line is looked for anywhere in the other text. */
const mostPairs = 20_000;

/** The lines of a text, with those marked that are not in the longest sequence of lines that it shares with another. */
export function changedLines(text: string, other: string): readonly Line[] {
  const [mine, theirs] = [text.split("\n"), other.split("\n")];
  if (mine.length * theirs.length > mostPairs) {
    const known = new Set(theirs);
    return mine.map((line) => ({ line, isNew: !known.has(line) }));
  }
  const width = theirs.length + 1;
  // Length of the longest shared sequence of the lines from here on.
  const shared = new Uint32Array((mine.length + 1) * width);
  const at = (row: number, column: number) => shared[row * width + column] ?? 0;
  for (let row = mine.length - 1; row >= 0; row--) {
    for (let column = theirs.length - 1; column >= 0; column--) {
      shared[row * width + column] =
        mine[row] === theirs[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  let column = 0;
  return mine.map((line, row) => {
    while (column < theirs.length && theirs[column] !== line && at(row, column + 1) === at(row, column))
      column++;
    const isShared = theirs[column] === line && at(row, column) === at(row + 1, column + 1) + 1;
    if (isShared) column++;
    return { line, isNew: !isShared };
  });
}
