import { z } from "zod";
import { probeJob } from "../../metrics/targets";
import {
  agentNames,
  alertmanagerNames,
  containerNames,
  engineNetworks,
  exporterNames,
  mostAgents,
  mostAlertmanagers,
} from "../container-names";
import { describeValue } from "../describe";
import { duplicates, namedList, type Rule, rule } from "./rule";

/** Why a service cannot have a name, by the name. */
const reserved = new Map<string, string>([
  ...[
    ...Object.values(containerNames),
    ...exporterNames,
    ...alertmanagerNames(mostAlertmanagers),
    ...agentNames(mostAgents).flat(),
    "engine-proxy",
    // Not of containers, but beside the services in the stack.
    // The job of what is asked from outside: a service's job has its name.
    probeJob,
    ...["docker", ...Object.values(engineNetworks), "engine-network"],
  ].map((name) => [name, "a name that the monitoring does not use itself"] as const),
  // They stand in the /etc/hosts of every container.
  ...[
    ...["localhost", "ip6-localhost", "ip6-loopback", "ip6-localnet", "ip6-mcastprefix"],
    ...["ip6-allnodes", "ip6-allrouters"],
  ].map(
    (name) => [name, "a name by which others reach it: in a container this is the container itself"] as const,
  ),
]);

const servicesHaveNames = rule(z.looseObject({ services: namedList }), ({ services }) => [
  ...duplicates(services, ["services"], "a name that no other service has"),
  ...services.flatMap(({ name }, index) => {
    const allowed = reserved.get(name ?? "");
    return allowed === undefined
      ? []
      : [{ path: ["services", index, "name"], found: describeValue(name), allowed }];
  }),
]);

/** Rules of services' names. */
export const serviceNameRules: readonly Rule[] = [servicesHaveNames];
