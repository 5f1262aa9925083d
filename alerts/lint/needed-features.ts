import { parse } from "../../metrics/promql-analysis";
import type { ReadGroup } from "./read-rules";

/** Rules that Prometheus takes with a feature flag only. */
export interface NeededFeature {
  readonly feature: string;
  /** How many rules. */
  readonly count: number;
  /** The first of them: `limit_ratio() in the rule CanaryErrors of shop.yml`. */
  readonly example: string;
}

/** The feature flags that rules need. */
export function neededFeatures(groups: readonly ReadGroup[]): NeededFeature[] {
  const needed = new Map<string, NeededFeature>();
  for (const { file, name, expr } of groups.flatMap(({ rules }) => rules)) {
    for (const [feature, what] of new Map(parse(expr).features.map((use) => [use.feature, use.what]))) {
      const before = needed.get(feature);
      const example = before?.example ?? `${what} in the rule ${name} of ${file}`;
      needed.set(feature, { feature, count: (before?.count ?? 0) + 1, example });
    }
  }
  return [...needed.values()];
}
