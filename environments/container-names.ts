import { defaultName as alertmanager } from "../constructs/alertmanager/settings";
import { programs } from "../constructs/docker/programs";

/** Names of the monitoring's containers on its networks. No service can have one of them. */
export const containerNames = {
  prometheus: programs.prometheus.name,
  grafana: programs.grafana.name,
  /** Of the first one: there may be two. */
  alertmanager,
  jaeger: programs.jaeger.name,
  cadvisor: programs.cadvisor.name,
  nodeExporter: programs.nodeExporter.name,
  inbox: "inbox",
  moto: programs.moto.name,
} as const;

/** How many Alertmanagers there are at most. */
export const mostAlertmanagers = 2;

/** Names of an environment's Alertmanagers, `alertmanager` first. */
export function alertmanagerNames(replicas: number): readonly string[] {
  return Array.from({ length: replicas }, (_, index) =>
    index === 0 ? containerNames.alertmanager : `${containerNames.alertmanager}-${String(index + 1)}`,
  );
}
