/** One number that an alert compares with. */
export interface ThresholdDefinition {
  /** What it is compared with, as a phrase. */
  readonly meaning: string;
  /** Unit of the number: `ratio` is a share of a whole, from 0 to 1; `seconds`, `per core`, or what is counted. */
  readonly unit: string;
  readonly default: number;
  /** Least number allowed. */
  readonly min: number;
  /** Greatest number allowed. */
  readonly max: number;
  /** Whether it is a whole number. */
  readonly isCount: boolean;
}

/** A number that an alert compares with. */
export function threshold(
  meaning: string,
  unit: string,
  byDefault: number,
  [min, max]: readonly [number, number],
): ThresholdDefinition {
  return { meaning, unit, default: byDefault, min, max, isCount: false };
}

/** A whole number of things that an alert compares with. */
export function wholeThreshold(...of: Parameters<typeof threshold>): ThresholdDefinition {
  return { ...threshold(...of), isCount: true };
}

/** A share above 0 and below 1: a threshold at either end would always or never fire. */
export const share = [0.0001, 0.9999] as const;

/** Thresholds by name. */
export type OwnThresholds<N extends string = string> = Readonly<Record<N, ThresholdDefinition>>;
