import { checkProperties, flag, optional, text, whole } from "./properties";

/** A label with a closed set of values. */
export interface OneOf<V extends string = string> {
  readonly kind: "oneOf";
  readonly values: readonly V[];
  /** The value that stands for all others; without it another value is an error. */
  readonly rest?: NoInfer<V>;
}

/** A label whose values are known at run time only, and of which no more than `max` are kept apart. */
export interface Bounded {
  readonly kind: "bounded";
  /** Most values kept apart, `rest` not counted. */
  readonly max: number;
  /** The value for all others. */
  readonly rest: string;
  /** Whether the values are templates of paths, such as `/products/:id`, and never the paths. Default: false. */
  readonly isTemplate?: boolean;
}

/** A label that has one value for each value of another label (a product's name and its id). */
export interface Follows<L extends string = string> {
  readonly kind: "follows";
  readonly label: L;
  /** The value where the other label has its own value for the rest. */
  readonly rest: string;
}

/** A label that someone else's exporter sets; nothing here decides its values. */
export interface Open {
  readonly kind: "open";
  /** Most values seen in practice in one target, where that is known. */
  readonly upTo?: number;
}

/** What values a label may take. */
export type LabelSpec = OneOf | Bounded | Follows | Open;

/** The labels of a metric by name. */
export type LabelSpecs = Readonly<Record<string, LabelSpec>>;

/** The type of a label's value. */
export type LabelValue<S> = S extends OneOf<infer V> ? V : string;

/** A label that takes one of these values and no other. */
export function oneOf<const V extends string>(...values: readonly V[]): OneOf<V> {
  return { kind: "oneOf", values };
}

/** A label that takes one of these values, or `rest` for whatever else there is. `rest` is one of the values. */
export function oneOfOr<const V extends string, const R extends string>(
  rest: R,
  ...values: readonly V[]
): OneOf<V | R> & { readonly rest: R } {
  return { kind: "oneOf", values: [...values, rest], rest };
}

/** A label with at most `max` values, and `rest` for all further ones. */
export function bounded(bound: Omit<Bounded, "kind">): Bounded {
  checkProperties("bounded", bound, { max: whole(1, 1_000_000), rest: text, isTemplate: optional(flag) });
  return { kind: "bounded", ...bound };
}

/** A label that has one value for each value of `label`. */
export function follows<const L extends string>(label: L, options: { readonly rest: string }): Follows<L> {
  checkProperties("follows", options, { rest: text });
  return { kind: "follows", label, rest: options.rest };
}

/** A label of someone else's exporter, of which `upTo` values are seen in one target where that is known. */
export function open(upTo?: number): Open {
  return upTo === undefined ? { kind: "open" } : { kind: "open", upTo };
}
