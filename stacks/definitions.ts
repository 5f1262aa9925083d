import { checkDashboardLinks } from "../alerts/dashboard-links";
import type { Environment } from "../environments";
import { refusingProblems, reportThrown } from "../metrics/problems";
import { dashboardFoldersOf, rulesOf } from "./system";

/**
 * Refuses what the compiler would refuse in metrics, rules and dashboards, all of it at once.
 * @throws DefinitionError with every problem and its place
 */
export function checkDefinitions(environments: readonly Environment[]): void {
  refusingProblems(() => {
    for (const environment of environments) {
      const groups = attempt(() => rulesOf(environment));
      const folders = attempt(() => dashboardFoldersOf(environment));
      if (groups === undefined || folders === undefined) continue;
      const variables = folders
        .flatMap(({ dashboards }) => dashboards)
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
