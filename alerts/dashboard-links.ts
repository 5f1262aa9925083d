import { checkWord, isObject } from "../metrics/properties";

import { placeOf } from "./rule-checks";
import { type RuleGroup, isAlert } from "./rule";

/**
 * Reports alerts that link to dashboards that are not there, or set variables that these have not.
 * @param dashboards names of the variables of each dashboard, by its uid
 */
export function checkDashboardLinks(
  groups: readonly RuleGroup[],
  dashboards: ReadonlyMap<string, readonly string[]>,
): void {
  for (const group of groups) {
    for (const rule of group.rules.filter(isAlert)) {
      const { dashboard } = rule as { dashboard: unknown };
      if (!isObject(dashboard)) continue;
      const { place, what } = placeOf(group, rule);
      const { uid, variables = {} } = rule.dashboard;
      if (!checkWord(`${what}: dashboard: uid`, uid, [...dashboards.keys()], place)) continue;
      for (const name of Object.keys(variables)) {
        checkWord(`${what}: dashboard: variables`, name, dashboards.get(uid) ?? [], place);
      }
    }
  }
}
