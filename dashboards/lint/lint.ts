import { LabelAnalysis } from "../../metrics/promql-analysis";
import { standard } from "../../metrics/standard";
import type { Dashboard } from "./dashboard";
import type { Rule, RuleContext } from "./rule";
import { catalogue } from "./rules/catalogue";
import { counterFunctions } from "./rules/counter-functions";
import { dataSource } from "./rules/data-source";
import { histogramLe } from "./rules/histogram-le";
import { knownVariables } from "./rules/known-variables";
import { legend } from "./rules/legend";
import { panelGrid } from "./rules/panel-grid";
import { panelTarget } from "./rules/panel-target";
import { panelTexts } from "./rules/panel-texts";
import { panelUnit } from "./rules/panel-unit";
import { rateInterval } from "./rules/rate-interval";
import { readOnly } from "./rules/read-only";
import { safeRatio } from "./rules/safe-ratio";
import { stableUid } from "./rules/stable-uid";
import { syntax } from "./rules/syntax";
import { targetMatchers } from "./rules/target-matchers";
import { uniqueIds } from "./rules/unique-ids";
import { SeriesIndex, type SystemSeries } from "./series";

/** Rules that hold for everybody's dashboards. */
export const commonRules: readonly Rule[] = [
  stableUid,
  readOnly,
  dataSource,
  uniqueIds,
  panelGrid,
  panelTexts,
  panelUnit,
  panelTarget,
  syntax,
  knownVariables,
  targetMatchers,
  rateInterval,
  counterFunctions,
  histogramLe,
  safeRatio,
  legend,
];

/** Those, and that everything is in the catalogue of the system that the dashboard is of. */
export const allRules: readonly Rule[] = [...commonRules, catalogue];

/** One thing that is wrong with a dashboard. */
export interface Finding {
  /** Title of the panel; undefined where it is about the dashboard. */
  readonly panel?: string;
  /** Its id in the dashboard; undefined where it has none, too. */
  readonly panelId?: number;
  /** Name of the rule. */
  readonly rule: string;
  readonly message: string;
}

/**
 * All that is against the rules, in their order.
 * @param system that the dashboard is of: it must read nothing else. Default: nobody knows, and the common rules hold
 */
export function lint(dashboard: Dashboard, system?: SystemSeries): Finding[] {
  const series = new SeriesIndex(system ?? { catalogue: standard, records: [] });
  // Relabelling gives the metrics of others other labels than ours have.
  const context: RuleContext = { series, labels: system ? series.labels : new LabelAnalysis() };
  const rules = system ? allRules : commonRules;
  return rules.flatMap((rule) =>
    rule.check(dashboard, context).map(({ panel, message }) => ({
      ...(panel && { panel: panel.name }),
      ...(typeof panel?.json.id === "number" && { panelId: panel.json.id }),
      rule: rule.name,
      message,
    })),
  );
}
