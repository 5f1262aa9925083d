import { z } from "zod";
import { containerNames } from "../container-names";
import { describeValue } from "../describe";
import { alertingSchema } from "../schema/alerting";
import { dockerSchema } from "../schema/containers";
import { addressesOfTheNetwork, ipv4Range, overlap } from "../../schema/ipv4-range";
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

/** Programs that every environment has on the monitoring network: who scrapes and who takes spans. */
const watching = [containerNames.prometheus, containerNames.jaeger];

const { managementSubnet, monitoringSubnet, alertmanagerSubnet } = dockerSchema.shape;
const addressed = z.looseObject({
  docker: z.looseObject({ managementSubnet, monitoringSubnet, alertmanagerSubnet }).prefault({}),
  alerting: z.looseObject({ replicas: alertingSchema.shape.replicas }),
  services: z.array(z.unknown()),
  blackboxExporter: z.unknown().optional(),
});

/**
 * A service that runs elsewhere joins the monitoring network by itself, and takes an address, too. What is on the
 * management network fits into the smallest range.
 */
const addressesSuffice = rule(addressed, ({ docker, services, blackboxExporter }) => {
  const { monitoringSubnet: subnet } = docker;
  const containers = watching.length + (blackboxExporter === undefined ? 0 : 1) + services.length;
  const addresses = (ipv4Range(subnet)?.size ?? Infinity) - addressesOfTheNetwork;
  return containers <= addresses
    ? []
    : [
        {
          path: ["docker", "monitoringSubnet"],
          found: describeValue(subnet),
          allowed: `a range for the ${String(containers)} containers on the monitoring network: this one has ${String(addresses)} addresses for them`,
        },
      ];
});

/** The engine refuses a network whose addresses another one has. */
const subnetsAreApart = rule(addressed, ({ docker, alerting }) => {
  const { managementSubnet: management, monitoringSubnet: monitoring, alertmanagerSubnet } = docker;
  const subnets = Object.entries({
    managementSubnet: management,
    monitoringSubnet: monitoring,
    ...(alerting.replicas > 1 && { alertmanagerSubnet }),
  });
  return subnets.flatMap(([key, subnet], index) => {
    const other = subnets.slice(0, index).find(([, earlier]) => haveCommon(subnet, earlier));
    return other === undefined
      ? []
      : [
          {
            path: ["docker", key],
            found: describeValue(subnet),
            allowed: `a range apart from docker.${other[0]}, which is ${describeValue(other[1])}`,
          },
        ];
  });
});

function haveCommon(one: string, other: string): boolean {
  const [a, b] = [ipv4Range(one), ipv4Range(other)];
  return a !== undefined && b !== undefined && overlap(a, b);
}

/** Rules of the engine's networks. */
export const networkRules: readonly Rule[] = [servicesAreReached, addressesSuffice, subnetsAreApart];
