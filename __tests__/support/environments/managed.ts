import type { EnvironmentInput } from "../../../environments/environment";
import { parseEnvironment } from "../../../environments/validation";
import { prod } from "./prod";

/** Production on a workspace of Amazon Managed Service for Prometheus, with receivers that it can reach. */
export const managed: EnvironmentInput = {
  ...prod,
  name: "managed",
  prometheus: { ...prod.prometheus, engine: { kind: "amazon-managed-prometheus" } },
  alerting: {
    ...prod.alerting,
    receivers: prod.alerting.receivers.filter(({ kind }) => kind !== "discord"),
    routes: prod.alerting.routes.map((route) => ({
      ...route,
      receivers: (route.receivers ?? []).filter((name) => name !== "discord-alerts"),
    })),
  },
};

/** The same, checked and with its defaults. It is none of those that a synth writes. */
export const managedEnvironment = parseEnvironment(managed, "environments/managed.ts");
