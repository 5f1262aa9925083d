import type { Environment } from "../environments";
import { alertmanagerNames, containerNames as names } from "../environments/container-names";

/**
 * Names on the monitoring network and the `host:port` behind them, in one place: the docker stack's Prometheus must
 * know Alertmanager, whose stack is made after it.
 */
export const addresses = {
  prometheus: `${names.prometheus}:9090`,
  grafana: `${names.grafana}:3000`,
  /** The first one: there may be two. */
  alertmanager: `${names.alertmanager}:9093`,
  jaeger: `${names.jaeger}:16686`,
  jaegerMetrics: `${names.jaeger}:8888`,
  /** Where it takes spans by OTLP over HTTP. */
  jaegerOtlp: `${names.jaeger}:4318`,
  cadvisor: `${names.cadvisor}:8080`,
} as const;

/** The first address of the monitoring network, which is the host's own. */
export function gateway({ monitoringSubnet }: Environment["docker"]): string {
  const [first = "", second = "", third = "", fourth = ""] = monitoringSubnet.split(/[./]/);
  return [first, second, third, Number(fourth) + 1].join(".");
}

/** Where node-exporter answers: at the monitoring network's own address of the host, which strangers do not reach. */
export function nodeExporterAddress({ docker, nodeExporter }: Environment): string {
  return `${gateway(docker)}:${String(nodeExporter.port)}`;
}

/** The `host:port` of each Alertmanager of an environment. */
export function alertmanagerAddresses(replicas: number): readonly string[] {
  return alertmanagerNames(replicas).map((name) => `${name}:9093`);
}
