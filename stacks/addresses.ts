import { alertmanagerPort } from "../constructs/alertmanager/settings";
import { gatewayOf } from "../constructs/docker/engine-settings";
import type { ExporterProgram } from "../constructs/docker/exporter-program";
import { exporterKeys, exporterPrograms } from "../constructs/docker/exporters";
import { programs } from "../constructs/docker/programs";
import type { Environment } from "../environments";
import { alertmanagerNames, containerNames as names } from "../environments/container-names";

/**
 * The `host:port` of each program on the monitoring network, in one place: the docker stack's Prometheus must know
 * Alertmanager, whose stack is made after it.
 */
export const addresses = {
  prometheus: address(names.prometheus, programs.prometheus.port),
  grafana: address(names.grafana, programs.grafana.port),
  /** The first one: there may be two. */
  alertmanager: address(names.alertmanager, alertmanagerPort),
  jaeger: address(names.jaeger, programs.jaeger.port),
  jaegerMetrics: address(names.jaeger, programs.jaeger.metricsPort),
  /** What it measures of the calls between services. */
  spanMetrics: address(names.jaeger, programs.jaeger.callMetricsPort),
  /** Where it takes spans by OTLP over HTTP. */
  jaegerOtlp: address(names.jaeger, programs.jaeger.otlpPorts.http),
  loki: address(names.loki, programs.loki.port),
  /** Of its metrics. */
  edge: address(names.edge, programs.edge.metricsPort),
} as const;

function address(host: string, port: number): string {
  return `${host}:${String(port)}`;
}

/** Where an exporter answers. */
export interface ExporterTarget {
  readonly jobName: string;
  /** Its `host:port`. */
  readonly target: string;
  /** Path of its metrics, where it is not the usual one. */
  readonly metricsPath: string | undefined;
}

/** Where the exporters of an environment answer. */
export function exporterTargets(environment: Environment): readonly ExporterTarget[] {
  const present = exporterKeys.filter((key) => environment[key] !== undefined);
  return present.map((key) => {
    const { name, port, metricsPath }: ExporterProgram = exporterPrograms[key];
    return { jobName: name, target: address(name, port), metricsPath };
  });
}

/** Where node-exporter answers: at the monitoring network's own address of the host, which strangers do not reach. */
export function nodeExporterAddress({ docker, nodeExporter }: Environment): string {
  return address(gatewayOf(docker.monitoringSubnet), nodeExporter.port);
}

/** The `host:port` of each Alertmanager of an environment. */
export function alertmanagerAddresses(replicas: number): readonly string[] {
  return alertmanagerNames(replicas).map((name) => address(name, alertmanagerPort));
}
