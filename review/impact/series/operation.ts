import { isComparison, type Binary } from "../../../metrics/promql-analysis";
import { canHold, computed, type Known } from "./constants";
import { joined, matchingOf, type Matching } from "./join";
import { decidedBy, partOf, type PossibleSeries } from "./possible";
import { isSame, operated } from "./terms";

/** An operation of two operands whose series find one another. */
export class Operation {
  private readonly op: string;
  private readonly isComparing: boolean;
  private readonly isFiltering: boolean;
  /** Whether all labels are compared, so that what finds one another has the same. */
  private readonly isOfAllLabels: boolean;
  private readonly matching: Matching;

  constructor(private readonly binary: Binary) {
    const { op, isBool, on, ignoring = [], groupLeft, groupRight } = binary;
    this.op = op;
    this.isComparing = isComparison(op) && !isBool;
    this.isFiltering = this.isComparing || op === "and";
    this.isOfAllLabels =
      on === undefined && ignoring.length === 0 && groupLeft === undefined && groupRight === undefined;
    this.matching = matchingOf(binary);
  }

  /** What a series makes with another one; undefined where there can be nothing. */
  of(one: PossibleSeries, other: PossibleSeries): PossibleSeries | undefined {
    const { op, isComparing, isFiltering } = this;
    const pair = joined(one, other, this.matching);
    if (pair === undefined) return undefined;
    const [left, right] = this.valuesOf(one, other);
    if (isComparing && !canHold(op, left, right)) return undefined;
    const both: PossibleSeries = {
      ...pair,
      value: isFiltering ? one.value : computed(op, left, right),
      term: this.termOf(one, other),
      isDecided: decidedBy(this.isGuarded ? [one] : [one, other]),
      isAlways: one.isAlways === true && other.isAlways === true && one.value !== undefined,
      isUnsure: one.isUnsure === true || other.isUnsure === true,
    };
    return partOf(isComparing ? filtered(both, left !== undefined && right !== undefined) : both);
  }

  /** Of what is the same as what it meets, the numbers that say as much. */
  private valuesOf(one: PossibleSeries, other: PossibleSeries): readonly [Known, Known] {
    if (!this.isOfAllLabels || !isSame(one, other) || one.value !== undefined)
      return [one.value, other.value];
    // 1 / 1 and 1 > 1 give what any number does; 1 - 1 too, and 1 + 1 does not.
    return ["/", "-"].includes(this.op) || isComparison(this.op) ? [1, 1] : [undefined, undefined];
  }

  private termOf(one: PossibleSeries, other: PossibleSeries): string | undefined {
    if (this.isFiltering) return this.matching.groupRight === undefined ? one.term : undefined;
    return this.isOfAllLabels ? operated(this.op, one, other) : undefined;
  }

  /** Whether the right side only keeps from dividing by 0. */
  private get isGuarded(): boolean {
    const { op, right } = this.binary;
    return (
      op === "/" &&
      right.kind === "binary" &&
      [">", "!="].includes(right.op) &&
      right.right.kind === "number" &&
      right.right.value === 0
    );
  }
}

/** What a comparison lets through. */
export function filtered(series: PossibleSeries, isSettled: boolean): PossibleSeries {
  return isSettled
    ? { ...series, isDecided: series.isDecided === true }
    : { ...partOf(series), isDecided: true, isAlways: false };
}

/** What of the series is left by something else that may be there. */
export function heldBack(series: PossibleSeries): PossibleSeries {
  return filtered(series, false);
}
