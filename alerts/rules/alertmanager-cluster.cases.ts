import { type AlertCase, type Levels, series } from "../cases";

const first = { job: "alertmanager", instance: "alertmanager:9093" } as const;
const second = { job: "alertmanager", instance: "alertmanager-2:9093" } as const;

/** What both answer scrapes. */
function answers(ofSecond: Levels) {
  return [series("up", first, [1, 1, 1]), series("up", second, ofSecond)];
}

/** How the alerts of several Alertmanagers behave. */
export const alertmanagerClusterCases: readonly AlertCase[] = [
  {
    alert: "AlertmanagerMembersMissing",
    severity: "warning",
    // At the edge the other is down, and then both are up but do not reach each other.
    series: [...answers([1, 0, 1]), series("alertmanager_cluster_members", first, [2, 1, 1])],
    labels: { ...first, service: "alertmanager" },
    summary: "Alertmanagers do not reach each other",
    description:
      "alertmanager:9093 knows of 1 in its cluster, itself included, while more answer scrapes: everything is told more than once, and silences hold at one of them alone.",
  },
  {
    alert: "AlertmanagerConfigurationsDiffer",
    severity: "warning",
    series: [
      series("alertmanager_config_hash", first, [1.5e14, 2.5e14, 1.5e14]),
      series("alertmanager_config_hash", second, [1.5e14, 2.5e14, 2.5e14]),
    ],
    labels: { job: "alertmanager", service: "alertmanager" },
    summary: "Alertmanagers have different configurations",
    description: "Whom an alert reaches depends on which of them is asked first.",
  },
];
