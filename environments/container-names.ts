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
  inbox: "inbox",
  moto: programs.moto.name,
} as const;

/** Names of the exporters' containers. No service can have one of them, either. */
export const exporterNames: readonly string[] = Object.values(exporterPrograms).map(({ name }) => name);

/** How many Alertmanagers there are at most. */
export const mostAlertmanagers = 2;

/** Names of an environment's Alertmanagers, `alertmanager` first. */
export function alertmanagerNames(replicas: number): readonly string[] {
  return Array.from({ length: replicas }, (_, index) =>
    index === 0 ? containerNames.alertmanager : `${containerNames.alertmanager}-${String(index + 1)}`,
  );
}
