import { kinds, receiverSchema } from "../../alerts/receivers";
import { type Environment, loadEnvironments } from "./environments";

/**
 * Environments of the tests, with a receiver of every kind for critical alerts: those that they have, and of each other
 * kind its example.
 */
export function environmentsOfEveryKind(name?: string): Environment[] {
  return loadEnvironments(name).map((environment) => {
    const { alerting } = environment;
    const isThere = (kind: string) => alerting.receivers.some((receiver) => receiver.kind === kind);
    const added = Object.values(kinds)
      .map(({ example }) => receiverSchema.parse(example))
      .filter(({ kind }) => !isThere(kind) && kind !== "heartbeat");
    const routes = alerting.routes.map((route) =>
      route.severity === "critical"
        ? { ...route, receivers: [...route.receivers, ...added.map((receiver) => receiver.name)] }
        : route,
    );
    return {
      ...environment,
      alerting: { ...alerting, receivers: [...alerting.receivers, ...added], routes },
    };
  });
}
