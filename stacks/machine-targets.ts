import type { ScrapeConfig, StaticConfig } from "../constructs/docker/prometheus-configuration";
import type { TargetDiscovery } from "../constructs/docker/target-discovery";
import type { Environment } from "../environments";
import { machineEngines } from "../environments/machine-engines";
import { nodeExporterAddress } from "./addresses";
import { ec2Discovery, instancesOf, withTags } from "./target-discovery";

/** The targets of one of the programs that watch machines. */
type MachineTargets = Pick<ScrapeConfig, "staticConfigs" | "discovered">;

/** A program that runs on machines, by the key of its port. */
type Ported = "nodeExporterPort" | "cadvisorPort";

/** The node-exporters: that of the engine's own machine, and those of all others. */
export function nodeExporterTargets(environment: Environment): MachineTargets {
  return targetsOn(environment, "nodeExporterPort", nodeExporterAddress(environment));
}

/** The cAdvisors of the machines, likewise. */
export function cadvisorTargets(environment: Environment, own: string): MachineTargets {
  return targetsOn(environment, "cadvisorPort", own);
}

/** The log shippers of the machines besides the engine's own. */
export function shipperConfigs(environment: Environment): readonly StaticConfig[] {
  return machineEngines(environment).flatMap(({ name, address, retired, logShipperPort: port }) =>
    retired || port === undefined
      ? []
      : [
          {
            targets: [`${address}:${String(port)}`],
            labels: { environment: environment.name, instance: name },
          },
        ],
  );
}

/** How many machines there must be at least: the engine's own, those of the list, and of those that are discovered. */
export function leastMachines(environment: Environment): number {
  const { aws, dns } = environment.machines;
  const { target, discovery } = aws;
  const all = target.kind === "instances" ? target.instanceIds.length : 0;
  const discovered = discovery ? (discovery.atLeast ?? all) : 0;
  return 1 + watchedOthers(environment).length + discovered + (dns?.atLeast ?? 0);
}

/** Whether machines are discovered, so that one that is gone is no target any more. */
export function discoversMachines({ machines: { aws, dns } }: Environment): boolean {
  return aws.discovery !== undefined || dns !== undefined;
}

function targetsOn(environment: Environment, portKey: Ported, ownTarget: string): MachineTargets {
  const labels = { environment: environment.name };
  const { ownName } = environment.machines;
  const engines = new Map(machineEngines(environment).map((each) => [each.name, each]));
  const listed = watchedOthers(environment)
    .map((each) => engines.get(each.name) ?? each)
    .flatMap(({ name, address, [portKey]: port }) =>
      port === undefined ? [] : [{ name, target: `${address}:${String(port)}` }],
    );
  const staticConfigs = [{ name: ownName, target: ownTarget }, ...listed].map(
    ({ name, target }): StaticConfig => ({ targets: [target], labels: { ...labels, instance: name } }),
  );
  const by = discoveriesOf(environment, portKey);
  return { staticConfigs, ...(by.length > 0 && { discovered: { by, labels } }) };
}

function discoveriesOf(environment: Environment, portKey: Ported): TargetDiscovery[] {
  const { aws, dns } = environment.machines;
  const { discovery, target } = aws;
  const portOfAws = discovery?.[portKey];
  const portOfDns = dns?.[portKey];
  return [
    ...(discovery && portOfAws !== undefined
      ? [
          ec2Discovery(environment, {
            filters: { ...instancesOf(target), ...withTags(discovery.tags) },
            port: portOfAws,
            refreshInterval: discovery.refreshInterval,
          }),
        ]
      : []),
    ...(dns && portOfDns !== undefined
      ? [
          {
            kind: "dns",
            name: dns.name,
            type: dns.type,
            port: portOfDns,
            refreshInterval: dns.refreshInterval,
          } as const,
        ]
      : []),
  ];
}

/** The machines of the list that are not on their way out. */
function watchedOthers({ machines: { others } }: Environment) {
  return others.filter(({ retired }) => !retired);
}
