/**
 * A sum with what its rounding lost, as Prometheus adds: Kahan's summation with Neumaier's improvement
 * (https://en.wikipedia.org/wiki/Kahan_summation_algorithm#Further_enhancements).
 */
export class KahanSum {
  /** What was lost. */
  lost = 0;

  constructor(public sum = 0) {}

  add(value: number): void {
    const total = this.sum + value;
    this.lost = lostBy(this.sum, value, total, this.lost);
    this.sum = total;
  }

  /** The sum with what was lost. */
  get total(): number {
    return this.sum + this.lost;
  }
}

/** What is lost so far, when `sum + value` was rounded to `total`. */
export function lostBy(sum: number, value: number, total: number, lost: number): number {
  if (total > Number.MAX_VALUE || total < -Number.MAX_VALUE) return 0;
  return lost + (Math.abs(sum) >= Math.abs(value) ? sum - total + value : value - total + sum);
}

/** An average of which Prometheus adds first and divides last, as long as the sum does not overflow. */
export class KahanMean {
  private readonly state: KahanSum;
  private count = 1;
  private isIncremental = false;

  constructor(first: number) {
    this.state = new KahanSum(first);
  }

  add(value: number): void {
    this.count += 1;
    const { state, count } = this;
    if (!this.isIncremental) {
      const total = state.sum + value;
      if (Math.abs(total) !== Infinity) {
        state.add(value);
        return;
      }
      this.isIncremental = true;
      state.sum /= count - 1;
      state.lost /= count - 1;
    }
    const share = (count - 1) / count;
    state.sum *= share;
    state.lost *= share;
    state.add(value / count);
  }

  get mean(): number {
    const { sum, lost } = this.state;
    return this.isIncremental ? sum + lost : sum / this.count + lost / this.count;
  }
}
