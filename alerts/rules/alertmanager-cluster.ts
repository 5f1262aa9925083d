import { gt, lt, max, min, select, sum } from "../../metrics/promql";
import type { AlertRule, DashboardUid } from "../rule";

const common = {
  severity: "warning",
  labels: { service: "alertmanager" },
  dashboard: { uid: "monitoring" },
} as const;
const perJob = { by: ["job"] } as const;

/** Alerts of several Alertmanagers: whether they are one, as two that are not tell everything twice. */
export function alertmanagerClusterAlerts(): AlertRule<DashboardUid>[] {
  const answering = sum(select("up", { job: "alertmanager" }), perJob);
  const hash = select("alertmanager_config_hash");
  return [
    {
      alert: "AlertmanagerMembersMissing",
      // One that is down is another alert: it is no member, and does not answer.
      expr: lt(select("alertmanager_cluster_members"), answering, { on: ["job"], groupLeft: [] }),
      for: "10m",
      summary: "Alertmanagers do not reach each other",
      description:
        "{{ $labels.instance }} knows of {{ $value }} in its cluster, itself included, while more answer scrapes: " +
        "everything is told more than once, and silences hold at one of them alone.",
      ...common,
    },
    {
      alert: "AlertmanagerConfigurationsDiffer",
      needs: ["second-alertmanager"],
      expr: gt(max(hash, perJob), min(hash, perJob)),
      // A deployment replaces one after the other.
      for: "10m",
      summary: "Alertmanagers have different configurations",
      description: "Whom an alert reaches depends on which of them is asked first.",
      ...common,
    },
  ];
}
