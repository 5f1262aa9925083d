/** The least bound: below it, every system has more tomorrow. */
const least = 10;

/** The first of 10, 20, 50, 100, 200, … that is at least this; with `isBeyond` it is more. */
export function roundBound(seen: number, isBeyond: boolean): number {
  for (let power = least; ; power *= 10) {
    const bound = [power, 2 * power, 5 * power].find((each) => (isBeyond ? each > seen : each >= seen));
    if (bound !== undefined) return bound;
  }
}
