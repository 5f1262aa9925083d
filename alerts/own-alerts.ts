import type { AlertCase } from "./cases";
import type { Objective } from "./objective";
import { type OwnPages, noOwnPages } from "./routing/page-once";
import type { RuleGroup, RuleSettings } from "./rule";
import type { Thresholds } from "./thresholds";

/** What a system watches besides what every system has. `T` are the thresholds of its environments. */
export interface OwnAlerts<T extends Thresholds = Thresholds> {
  /** Its groups of rules by the name of their file, such as `payments.yml`. */
  readonly groups: (settings: RuleSettings<T>) => Readonly<Record<string, readonly RuleGroup[]>>;
  /** Which of the critical ones tell of a fault first, and which see the same fault later. */
  readonly pages: Omit<OwnPages, "burns">;
  /** What single services promise beside the objectives that all have. */
  readonly objectives: readonly Objective[];
  /** How each of its alerts behaves. */
  readonly cases: readonly AlertCase[];
}

/** Of a system that watches nothing besides. */
export const noOwnAlerts: OwnAlerts = { groups: () => ({}), pages: noOwnPages, objectives: [], cases: [] };

/** All critical alerts of a system's own. */
export function pagesOf({ pages, objectives }: Pick<OwnAlerts, "pages" | "objectives">): OwnPages {
  return { ...pages, burns: [...new Set(objectives.map(({ alert }) => alert))] };
}
