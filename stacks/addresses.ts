import { alertmanagerPort } from "../constructs/alertmanager/settings";
import { gatewayOf } from "../constructs/docker/engine-settings";
import type { ExporterProgram } from "../constructs/docker/exporter-program";
import { type ExporterKey, exporterKeys, exporterPrograms } from "../constructs/docker/exporters";
import { programs } from "../constructs/docker/programs";
import type { Environment } from "../environments";
import {
  agentNames,
  alertmanagerNames,
  containerNames as names,
  managementName,
} from "../environments/container-names";
import { managedEngineOf } from "../environments/metrics-engine";

/**
 * The `host:port` of each program for who is on the management network alone, in one place: the docker stack's Prometheus must know
 * Alertmanager, whose stack is made after it.
 */
export const addresses = {
  prometheus: address(names.prometheus, programs.prometheus.port),
  grafana: address(names.grafana, programs.grafana.port),
  /** The first one: there may be two. */
  alertmanager: address(names.alertmanager, alertmanagerPort),
  jaeger: address(names.jaeger, programs.jaeger.port),
  /** Where it takes spans by OTLP over HTTP, on the monitoring network. */
  jaegerOtlp: address(names.jaeger, programs.jaeger.otlpPorts.http),
  loki: address(names.loki, programs.loki.port),
  /** Of its metrics. */
  edge: address(names.edge, programs.edge.metricsPort),
  /** Where the edge asks who is logged in. */
  oauth2Proxy: address(names.oauth2Proxy, programs.oauth2Proxy.port),
  oauth2ProxyMetrics: address(names.oauth2Proxy, programs.oauth2Proxy.metricsPort),
} as const;

/** A target of Prometheus: where it asks, and who that is in the label `instance`. */
export interface ProgramTarget {
  /** Its `host:port`. */
  readonly target: string;
  /** Undefined where that is the target. */
  readonly instance: string | undefined;
}

/** For Prometheus, who is on both networks, the programs that are on both, too. Who they are does not tell of it. */
function onBoth(name: string, port: number): ProgramTarget {
  return { target: address(managementName(name), port), instance: address(name, port) };
}

/** The monitoring's programs that Prometheus, itself among them, asks at their names on the management network. */
export const watchedOnBoth = {
  prometheus: onBoth(names.prometheus, programs.prometheus.port),
  jaegerMetrics: onBoth(names.jaeger, programs.jaeger.metricsPort),
  /** What Jaeger measures of the calls between services. */
  spanMetrics: onBoth(names.jaeger, programs.jaeger.callMetricsPort),
} as const;

function address(host: string, port: number): string {
  return `${host}:${String(port)}`;
}

/** Where an exporter answers. */
export interface ExporterTarget extends ProgramTarget {
  readonly jobName: string;
  /** Path of its metrics, where it is not the usual one. */
  readonly metricsPath: string | undefined;
}

/** Where the exporters of an environment answer. */
export function exporterTargets(environment: Environment): readonly ExporterTarget[] {
  const present = exporterKeys.filter((key) => environment[key] !== undefined);
  return present.map((key) => {
    const { name, port, metricsPath }: ExporterProgram = exporterPrograms[key];
    const own = isOnBoth(key) ? onBoth(name, port) : { target: address(name, port), instance: undefined };
    return { jobName: name, metricsPath, ...own };
  });
}

/** Whether an exporter is on the monitoring network, too: the one that asks services as customers do. */
export function isOnBoth(key: ExporterKey): boolean {
  return key === "blackboxExporter";
}

/** Where node-exporter answers: at the management network's own address of the host, which strangers do not reach. */
export function nodeExporterAddress({ docker, nodeExporter }: Environment): string {
  return address(gatewayOf(docker.managementSubnet), nodeExporter.port);
}

/** Where each agent that writes to an environment's workspace answers, by shard; none where there is no workspace. */
export function agentTargets(
  environment: Parameters<typeof managedEngineOf>[0],
): readonly (readonly ProgramTarget[])[] {
  const engine = managedEngineOf(environment);
  if (!engine) return [];
  return agentNames(engine.agents).map((shard) =>
    shard.map((name) => onBoth(name, programs.prometheus.port)),
  );
}

/** The `host:port` of each Alertmanager of an environment. */
export function alertmanagerAddresses(replicas: number): readonly string[] {
  return alertmanagerNames(replicas).map((name) => address(name, alertmanagerPort));
}
