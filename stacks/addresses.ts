import type { Environment } from "../environments";

/** Names of the monitoring's containers on its networks. */
const names = {
  prometheus: "prometheus",
  grafana: "grafana",
  alertmanager: "alertmanager",
  jaeger: "jaeger",
  cadvisor: "cadvisor",
  nodeExporter: "node-exporter",
  inbox: "inbox",
  moto: "moto",
} as const;

/**
 * Names on the monitoring network and the `host:port` behind them, in one place: the docker stack's Prometheus must
 * know Alertmanager, whose stack is made after it.
 */
export const addresses = {
  names,
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

/** Names of the Alertmanagers of an environment, `alertmanager` first. */
export function alertmanagerNames(replicas: number): readonly string[] {
  return Array.from({ length: replicas }, (_, index) =>
    index === 0 ? names.alertmanager : `${names.alertmanager}-${String(index + 1)}`,
  );
}

/** The `host:port` of each Alertmanager of an environment. */
export function alertmanagerAddresses(replicas: number): readonly string[] {
  return alertmanagerNames(replicas).map((name) => `${name}:9093`);
}
