import { z } from "zod";
import type { ExporterProgram } from "../../constructs/docker/exporter-program";
import { exporterKeys, exporterPrograms } from "../../constructs/docker/exporters";
import { containerNames } from "../container-names";
import { describeValue } from "../describe";
import { alertingSchema } from "../schema/alerting";
import { dockerSchema } from "../schema/containers";
import { addressesOfTheNetwork, ipv4Range } from "../../schema/ipv4-range";
import { networkNames } from "../schema/services";
import { type Rule, rule } from "./rule";

const onNetworks = z.looseObject({
  services: z.array(
    z
      .looseObject({ networks: z.array(z.unknown()).default([...networkNames]) })
      .catch({ networks: [...networkNames] }),
  ),
});
const known: readonly unknown[] = networkNames;

const servicesAreReached = rule(onNetworks, ({ services }) =>
  services.flatMap(({ networks }, index) =>
    // A misspelt network may be meant to be this one.
    networks.length === 0 ||
    networks.includes("monitoring") ||
    !networks.every((name) => known.includes(name))
      ? []
      : [
          {
            path: ["services", index, "networks"],
            found: networks.map(describeValue).join(", "),
            allowed: `a list with "monitoring": over that network alone Prometheus scrapes it, and its spans reach Jaeger`,
          },
        ],
  ),
);

/** Programs that every environment has on the monitoring network. */
const always = [containerNames.prometheus, containerNames.grafana, containerNames.jaeger];

/** How many exporters an environment has. */
function exportersIn(environment: object): number {
  return exporterKeys.filter((key) => {
    const program: ExporterProgram = exporterPrograms[key];
    return program.isStandard === true || Reflect.get(environment, key) !== undefined;
  }).length;
}

const addressed = z.looseObject({
  docker: z.looseObject({ monitoringSubnet: dockerSchema.shape.monitoringSubnet }).prefault({}),
  alerting: z.looseObject({ replicas: alertingSchema.shape.replicas }),
  services: z.array(z.unknown()),
  edge: z.unknown().optional(),
  inbox: z.unknown().optional(),
  loki: z.unknown().optional(),
  moto: z.unknown().optional(),
});

/** A service that runs elsewhere joins the network by itself, and takes an address, too. */
const addressesSuffice = rule(addressed, (environment) => {
  const { docker, alerting, services, edge, inbox, loki, moto } = environment;
  const { monitoringSubnet } = docker;
  const asked = [edge, inbox, loki, moto].filter((each) => each !== undefined).length;
  const programs = always.length + exportersIn(environment) + alerting.replicas + asked;
  const containers = programs + services.length;
  const addresses = (ipv4Range(monitoringSubnet)?.size ?? Infinity) - addressesOfTheNetwork;
  return containers <= addresses
    ? []
    : [
        {
          path: ["docker", "monitoringSubnet"],
          found: describeValue(monitoringSubnet),
          allowed: `a range for the ${String(containers)} containers on the monitoring network: this one has ${String(addresses)} addresses for them`,
        },
      ];
});

/** Rules of the engine's networks. */
export const networkRules: readonly Rule[] = [servicesAreReached, addressesSuffice];
