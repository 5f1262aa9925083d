import { routingProblems, unreachable } from "../alerts/routing/problems";
import { type Environment, refuse } from "../environments";
import { alertLabelsOf, inhibitionsHere, ownedServicesOf, owners, routingSettingsOf } from "./system";

/**
 * Refuses routes that make no sense with an environment's services and alerts, whatever Alertmanager takes them.
 * @throws EnvironmentError with every problem
 */
export function checkRouting(environment: Environment): void {
  refuse(environment, routingProblems(environment.alerting.routes, ownedServicesOf(environment), owners));
  const senseless = unreachable(
    routingSettingsOf(environment),
    alertLabelsOf(environment),
    inhibitionsHere(environment),
  ).map((problem) => ({
    path: ["alerting", "routes"],
    found: problem,
    allowed: "routes that some alert takes",
  }));
  refuse(environment, senseless);
}
