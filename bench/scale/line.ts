/** A straight line through measured points. */
export interface Line {
  /** Value at 0. */
  readonly base: number;
  /** What one more costs. */
  readonly slope: number;
  /** Greatest distance of a point from the line, as a share of the point's value. */
  readonly worst: number;
}

/**
 * The line of least squares.
 * @param points at least two, of different x and values above 0
 */
export function lineThrough(points: readonly (readonly [x: number, y: number])[]): Line {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [x, y] = [mean(points.map(([each]) => each)), mean(points.map(([, each]) => each))];
  const slope =
    points.reduce((sum, [each, value]) => sum + (each - x) * (value - y), 0) /
    points.reduce((sum, [each]) => sum + (each - x) ** 2, 0);
  const base = y - slope * x;
  const worst = Math.max(...points.map(([each, value]) => Math.abs(base + slope * each - value) / value));
  return { base, slope, worst };
}
