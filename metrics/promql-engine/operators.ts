import { power } from "./floats";

/** An operator on two numbers. */
interface Operator {
  /** Of a comparison, the number on the left: what it lets through. */
  readonly value: (left: number, right: number) => number;
  /** Whether a comparison holds; undefined for one that computes. */
  readonly holds?: (left: number, right: number) => boolean;
}

const left = (value: number) => value;

const operators: ReadonlyMap<string, Operator> = new Map<string, Operator>([
  ["+", { value: (one, other) => one + other }],
  ["-", { value: (one, other) => one - other }],
  ["*", { value: (one, other) => one * other }],
  ["/", { value: (one, other) => one / other }],
  ["%", { value: (one, other) => one % other }],
  ["^", { value: power }],
  ["atan2", { value: Math.atan2 }],
  ["==", { value: left, holds: (one, other) => one === other }],
  ["!=", { value: left, holds: (one, other) => one !== other }],
  [">", { value: left, holds: (one, other) => one > other }],
  ["<", { value: left, holds: (one, other) => one < other }],
  [">=", { value: left, holds: (one, other) => one >= other }],
  ["<=", { value: left, holds: (one, other) => one <= other }],
]);

/** Undefined for one that is none. */
export function operatorOf(op: string): Operator | undefined {
  return operators.get(op);
}
export type { Operator };
