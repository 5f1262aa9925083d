import { and, count, eq, max, scalar, select } from "../metrics/promql";
import type { Row } from "./dashboard";
import { alertmanager } from "./monitoring-queries";
import { timeseriesPanel } from "./panels";

const perInstance = { by: ["instance"] } as const;
const legend = "{{instance}}";

/** Whether several Alertmanagers are one. */
export function clusterRow(): Row {
  const members = select("alertmanager_cluster_members", alertmanager);
  const hash = select("alertmanager_config_hash", alertmanager);
  return {
    title: "Alertmanager's cluster",
    panels: [
      timeseriesPanel({
        title: "Members",
        description: "Members of the cluster that each Alertmanager reaches, itself included.",
        unit: "none",
        span: 8,
        worst: "least",
        queries: { [legend]: max(members, perInstance) },
      }),
      timeseriesPanel({
        title: "Lost members",
        description: "Members that each Alertmanager has lost and tries to reach again.",
        unit: "none",
        span: 8,
        queries: { [legend]: max(select("alertmanager_cluster_failed_peers", alertmanager), perInstance) },
      }),
      timeseriesPanel({
        title: "Configurations",
        description: "Alertmanagers that have one and the same configuration, and all that there are.",
        unit: "none",
        span: 8,
        queries: { "of one": count(and(eq(hash, scalar(max(hash))), members)), all: count(members) },
      }),
    ],
  };
}
