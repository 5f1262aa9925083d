/**
 * The first of 10, 20, 50, 100, 200, … that is at least this; with `isBeyond` it is more.
 * @param least a power of ten to begin at: below it, there may be more tomorrow
 */
export function roundBound(seen: number, isBeyond: boolean, least = 10): number {
  for (let power = least; ; power *= 10) {
    const bound = [power, 2 * power, 5 * power].find((each) => (isBeyond ? each > seen : each >= seen));
    if (bound !== undefined) return bound;
  }
}
