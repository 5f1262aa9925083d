import type { BaseUnit } from "./define";

declare const unit: unique symbol;

/** A number in a base unit, so that none is taken for one in another. */
export type In<U extends BaseUnit> = number & { readonly [unit]: U };

/** The base unit that a metric's name ends in, before `_total`; never where it ends in none. */
export type BaseUnitOf<N extends string> = {
  [U in BaseUnit]: N extends `${string}_${U}` | `${string}_${U}_total` ? U : never;
}[BaseUnit];

/** What a metric of this name counts: a number, in its base unit where its name has one. */
export type AmountOf<N extends string> = [BaseUnitOf<N>] extends [never] ? number : In<BaseUnitOf<N>>;

/** Seconds. */
export const seconds = (value: number) => value as In<"seconds">;
/** Bytes. */
export const bytes = (value: number) => value as In<"bytes">;
/** Dollars. */
export const dollars = (value: number) => value as In<"dollars">;
/** Euros. */
export const euros = (value: number) => value as In<"euros">;
/** A ratio: 1 is all. */
export const ratio = (value: number) => value as In<"ratio">;
/** Meters. */
export const meters = (value: number) => value as In<"meters">;
/** Degrees Celsius. */
export const celsius = (value: number) => value as In<"celsius">;
/** Joules. */
export const joules = (value: number) => value as In<"joules">;
