import type { Metric, Owned } from "./define";
import { report, words } from "./problems";

type Metrics = Readonly<Record<string, Owned<Metric>>>;

/** All groups in one, or, where two define a metric, that name in words. */
export type Joined<G extends readonly Metrics[], All = unknown> = G extends readonly [
  infer First,
  ...infer Rest extends readonly Metrics[],
]
  ? keyof First & keyof All extends never
    ? Joined<Rest, All & First>
    : `defined twice: ${keyof First & keyof All & string}`
  : { readonly [N in keyof All]: All[N] };

/** Joins groups of metrics. Two groups with a metric of the same name do not compile, and are reported. */
export function join<const G extends readonly Metrics[]>(
  ...groups: Joined<G> extends string ? readonly [Joined<G>] : G
): Joined<G> {
  const all: Record<string, Owned<Metric>> = {};
  for (const [name, metric] of (groups as readonly Metrics[]).flatMap((group) => Object.entries(group))) {
    if (all[name] !== undefined) {
      report({
        what: `metric ${name}`,
        found: words("two definitions"),
        allowed: "one: no two groups may have it",
      });
    }
    all[name] = metric;
  }
  return all as Joined<G>;
}
