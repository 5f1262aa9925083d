import { checkDashboardLinks } from "../alerts/dashboard-links";
import { ruleGroups } from "../alerts/rule-files";
import { dashboardsOf } from "../dashboards";
import type { Environment } from "../environments";
import { refusingProblems, reportThrown } from "../metrics/problems";
import { dashboardSettingsOf } from "./dashboard-settings";
import { ruleSettingsOf } from "./rule-settings";

/**
 * Refuses what the compiler would refuse in metrics, rules and dashboards, all of it at once.
 * @throws DefinitionError with every problem and its place
 */
export function checkDefinitions(environments: readonly Environment[]): void {
  refusingProblems(() => {
    for (const environment of environments) {
      const groups = attempt(() => ruleGroups(ruleSettingsOf(environment)));
      const dashboards = attempt(() => dashboardsOf(dashboardSettingsOf(environment)));
      if (groups === undefined || dashboards === undefined) continue;
      const variables = Object.values(dashboards)
        .flat()
        .map(({ uid = "", templating }) => [uid, (templating?.list ?? []).map(({ name }) => name)] as const);
      checkDashboardLinks(Object.values(groups).flat(), new Map(variables));
    }
  });
}

/** What somebody's code makes; a mistake in it that ends it is reported, so that the others are found too. */
function attempt<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (!reportThrown(error)) throw error;
    return undefined;
  }
}
