import { defaultName as alertmanager } from "../constructs/alertmanager/settings";
import { exporterPrograms } from "../constructs/docker/exporters";
import { programs } from "../constructs/docker/programs";

/** Names of the monitoring's containers on its networks. No service can have one of them. */
export const containerNames = {
  prometheus: programs.prometheus.name,
  grafana: programs.grafana.name,
  /** Of the first one: there may be two. */
  alertmanager,
  jaeger: programs.jaeger.name,
  loki: programs.loki.name,
  nodeExporter: programs.nodeExporter.name,
  edge: programs.edge.name,
  oauth2Proxy: programs.oauth2Proxy.name,
  inbox: "inbox",
  moto: programs.moto.name,
} as const;

/** Names of the engine's networks. */
export const engineNetworks = {
  /**
   * Of what people and programs of the monitoring ask. It must be the first in the alphabet of those on which a published
   * program is: by way of that one the engine publishes its ports.
   */
  management: "management-network",
  /** Of Prometheus, of what it scrapes, and of where spans go. */
  monitoring: "monitoring-network",
  /** Of the services, who speak to one another there. */
  microservices: "microservices-network",
  /** Of the Alertmanagers of a cluster alone. */
  alertmanagers: "alertmanager-network",
} as const;

/**
 * Name on the management network alone of a program that is on the monitoring network, too: its own name leads to either
 * of its addresses for who is on both.
 */
export function managementName(program: string): string {
  return `${program}.management`;
}

/** Names of the exporters' containers. No service can have one of them, either. */
export const exporterNames: readonly string[] = Object.values(exporterPrograms).map(({ name }) => name);

/** How many Alertmanagers there are at most. */
export const mostAlertmanagers = 2;

/** How many agents share the targets at most, and how many scrape the same. */
export const mostAgents = { shards: 32, replicas: 2 } as const;

/** Name of the agent that scrapes a shard of the targets; both numbers begin at 1. */
export function agentName(shard: number, replica: number): string {
  return `prometheus-agent-${String(shard)}-${String(replica)}`;
}

/** Names of the agents of each shard. */
export function agentNames({ shards, replicas }: AgentCounts): readonly (readonly string[])[] {
  return Array.from({ length: shards }, (_, shard) =>
    Array.from({ length: replicas }, (_, replica) => agentName(shard + 1, replica + 1)),
  );
}

/** How many agents there are. */
interface AgentCounts {
  /** Among how many the targets are divided. */
  readonly shards: number;
  /** How many scrape the same. */
  readonly replicas: number;
}

/** Names of an environment's Alertmanagers, `alertmanager` first. */
export function alertmanagerNames(replicas: number): readonly string[] {
  return Array.from({ length: replicas }, (_, index) =>
    index === 0 ? containerNames.alertmanager : `${containerNames.alertmanager}-${String(index + 1)}`,
  );
}
