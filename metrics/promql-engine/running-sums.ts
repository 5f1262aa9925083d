/** The largest sum of which a difference cannot overflow. */
const largest = Number.MAX_VALUE / 4;
/** How much smaller than the running sums a difference may be: after a million samples these are right to 86 bits, so that 36 of it are, 1e-11. */
const smallest = 2 ** -50;

/** Running sums of a series in pairs of numbers, exact to 106 bits, so that sums of windows are differences. */
export class RunningSums {
  private readonly high: Float64Array;
  private readonly low: Float64Array;
  /** How many values before an index are not zero. */
  private readonly notZero: Int32Array;
  /** Up to here all values are finite and all sums far from overflow. */
  private readonly usable: number;

  constructor(values: Float64Array) {
    this.high = new Float64Array(values.length + 1);
    this.low = new Float64Array(values.length + 1);
    this.notZero = new Int32Array(values.length + 1);
    let [high, low] = [0, 0];
    let index = 0;
    for (; index < values.length; index++) {
      const value = values[index] as number;
      // Knuth's two-sum: what the rounding of an addition loses is a number itself.
      const sum = high + value;
      const back = sum - high;
      const lost = high - (sum - back) + (value - back) + low;
      high = sum + lost;
      low = lost - (high - sum);
      if (!(Math.abs(high) < largest)) break;
      this.notZero[index + 1] = (this.notZero[index] as number) + (value === 0 ? 0 : 1);
      this.high[index + 1] = high;
      this.low[index + 1] = low;
    }
    this.usable = index;
  }

  /** The sum of values [first, behind) divided by a number; undefined where it would not be exact. */
  between(first: number, behind: number, divisor: number): number | undefined {
    if (behind > this.usable) return undefined;
    if (this.notZero[behind] === this.notZero[first]) return 0;
    const [to, from] = [this.high[behind] as number, this.high[first] as number];
    const difference = to - from;
    const back = difference - to;
    const lost =
      to -
      (difference - back) +
      (-from - back) +
      ((this.low[behind] as number) - (this.low[first] as number));
    const sum = difference + lost;
    const size = Math.max(Math.abs(to), Math.abs(from));
    if (Math.abs(sum) < size * smallest) return undefined;
    return divisor === 1 ? sum : difference / divisor + lost / divisor;
  }
}
