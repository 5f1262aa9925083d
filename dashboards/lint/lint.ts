import { LabelAnalysis } from "../../metrics/promql-analysis";
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
import { labelAnalysis } from "./series";

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

/** Those, and that everything is in this project's catalogue. */
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

/** All that is against the rules, in their order. */
export function lint(dashboard: Dashboard, rules: readonly Rule[] = allRules): Finding[] {
  // Relabelling gives the metrics of others other labels than ours have.
  const context: RuleContext = { labels: rules.includes(catalogue) ? labelAnalysis() : new LabelAnalysis() };
  return rules.flatMap((rule) =>
    rule.check(dashboard, context).map(({ panel, message }) => ({
      ...(panel && { panel: panel.name }),
      ...(typeof panel?.json.id === "number" && { panelId: panel.json.id }),
      rule: rule.name,
      message,
    })),
  );
}
