import { z } from "zod";
import { describeValue } from "../describe";
import { alertingSchema } from "../schema/alerting";
import { grafanaSchema, prometheusSchema } from "../schema/containers";
import { duplicates, namedList, type Rule, rule } from "./rule";

/** Names that containers of the monitoring have on the networks. */
const reservedNames = ["prometheus", "grafana", "alertmanager", "jaeger", "node-exporter", "cadvisor"];

const servicesHaveNames = rule(z.looseObject({ services: namedList }), ({ services }) => [
  ...duplicates(services, ["services"], "a name that no other service has"),
  ...services.flatMap(({ name }, index) =>
    name !== undefined && reservedNames.includes(name)
      ? [
          {
            path: ["services", index, "name"],
            found: describeValue(name),
            allowed: "a name that the monitoring does not use itself",
          },
        ]
      : [],
  ),
]);

const hostPorts = z.looseObject({
  prometheus: z.looseObject({ hostPort: prometheusSchema.shape.hostPort }),
  grafana: z.looseObject({ hostPort: grafanaSchema.shape.hostPort }),
  alerting: z.looseObject({ hostPort: alertingSchema.shape.hostPort }),
});
const hostPortsAreDifferent = rule(hostPorts, (environment) => {
  const published = (["prometheus", "grafana", "alerting"] as const).map((owner) => ({
    owner,
    hostPort: environment[owner].hostPort,
  }));
  return published.flatMap(({ owner, hostPort }, index) => {
    const other = published.slice(0, index).find((earlier) => earlier.hostPort === hostPort);
    const allowed = `a port of the host that is free: ${other?.owner ?? ""}.hostPort has this one`;
    return other ? [{ path: [owner, "hostPort"], found: String(hostPort), allowed }] : [];
  });
});

/** Rules of what runs in containers. */
export const containerRules: readonly Rule[] = [servicesHaveNames, hostPortsAreDifferent];
