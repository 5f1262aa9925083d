import type { Place } from "./expression";

/** What Prometheus refuses in an expression. */
export interface Problem extends Place {
  /** Without the place: `expected type range vector in call to function "rate", got instant vector`. */
  readonly message: string;
}

/** Names of Prometheus's feature flags (`--enable-feature`) without which it refuses some syntax. */
export const features = [
  "promql-experimental-functions",
  "promql-duration-expr",
  "promql-extended-range-selectors",
  "promql-binop-fill-modifiers",
] as const;

/** One of these flags. */
export type Feature = (typeof features)[number];

/** Syntax that needs a feature flag. */
export interface FeatureUse extends Place {
  readonly feature: Feature;
  /** What is used: `limit_ratio()`, `a computed duration`. */
  readonly what: string;
}
