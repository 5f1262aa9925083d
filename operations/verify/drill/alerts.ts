import type { Environment } from "../../../environments";
import { ownedServicesOf } from "../../../stacks/system";

/** An alert of a drill: nothing is wrong, and it says so. */
export interface DrillAlert {
  readonly severity: string;
  /** Of the route that it is to take. Default: the route of all. */
  readonly owner?: string;
  /** Whether its route waits outside of some hours. */
  readonly mayWait: boolean;
  readonly labels: Readonly<Record<string, string>> & { readonly alertname: string };
  readonly annotations: Readonly<Record<string, string>>;
}

/**
 * An alert for each route of an environment whose receivers are told. Each has a name of its own, so that none silences
 * another, and none is taken for an alert of a rule.
 * @param mark tells this drill from others
 */
export function drillAlerts(environment: Environment, mark: string): readonly DrillAlert[] {
  const { alerting, name, runbooksUrl } = environment;
  const owned = ownedServicesOf(environment);
  return alerting.routes
    .filter(({ receivers }) => receivers.length > 0)
    .map(({ severity, owner, activeDuring }) => {
      const service =
        owner === undefined ? "drill" : (owned.find((each) => each.owner === owner)?.name ?? "drill");
      const words = [severity, ...(owner === undefined ? [] : owner.split("-"))].map(capital).join("");
      return {
        severity,
        ...(owner !== undefined && { owner }),
        mayWait: activeDuring !== undefined,
        labels: {
          alertname: `Drill${words}${capital(mark)}`,
          severity,
          service,
          environment: name,
          drill: mark,
        },
        annotations: {
          summary: "This is a drill: nothing is wrong",
          description: `Somebody verifies that alerts of ${name} arrive, by npm run verify -- --drill. It ends by itself.`,
          runbook_url: `${runbooksUrl}/Watchdog.md`,
        },
      };
    });
}

function capital(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
