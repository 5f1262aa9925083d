/** Names of the monitoring's containers on its networks. No service can have one of them. */
export const containerNames = {
  prometheus: "prometheus",
  grafana: "grafana",
  /** Of the first one: there may be two. */
  alertmanager: "alertmanager",
  jaeger: "jaeger",
  cadvisor: "cadvisor",
  nodeExporter: "node-exporter",
  inbox: "inbox",
  moto: "moto",
} as const;

/** How many Alertmanagers there are at most. */
export const mostAlertmanagers = 2;

/** Names of an environment's Alertmanagers, `alertmanager` first. */
export function alertmanagerNames(replicas: number): readonly string[] {
  return Array.from({ length: replicas }, (_, index) =>
    index === 0 ? containerNames.alertmanager : `${containerNames.alertmanager}-${String(index + 1)}`,
  );
}
