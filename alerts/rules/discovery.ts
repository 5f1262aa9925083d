import { count, gt, increase, lt, select, sum } from "../../metrics/promql";
import type { AlertRule, DashboardUid, RuleSettings } from "../rule";
import { onHost } from "./hosts";

const asked = "20m";

/** What the alerts on each way of discovery have in common. */
const failing = {
  alert: "DiscoveryFailing",
  severity: "warning",
  needs: ["discovered-targets"],
  // As long as the range: a single time is no alert.
  for: asked,
  dashboard: { uid: "monitoring" },
} as const;

/** Alerts of what Prometheus discovers: what is gone is no target any more, and cannot be down. */
export function discoveryAlerts({ leastMachines }: RuleSettings): AlertRule<DashboardUid>[] {
  return [
    {
      alert: "HostsMissing",
      severity: "critical",
      needs: ["discovered-machines"],
      expr: lt(count(select("up", { job: "node-exporter" })), leastMachines),
      for: "10m",
      summary: "Machines are missing",
      description: `Prometheus finds {{ $value }} machines; ${String(leastMachines)} must be there.`,
      labels: onHost.labels,
      dashboard: { uid: "infrastructure-overview" },
    },
    {
      ...failing,
      labels: { service: "prometheus", mechanism: "ec2" },
      expr: gt(
        sum(increase(select("prometheus_sd_refresh_failures_total"), asked), { by: ["instance", "config"] }),
        0,
      ),
      summary: "Prometheus cannot find out the targets of {{ $labels.config }}",
      description:
        'The question which targets {{ $labels.config }} has failed about {{ $value | printf "%.0f" }} times in the last ' +
        "20 minutes. Those found before are still watched; new ones are not.",
    },
    {
      ...failing,
      labels: { service: "prometheus", mechanism: "dns" },
      expr: gt(
        sum(increase(select("prometheus_sd_dns_lookup_failures_total"), asked), { by: ["instance"] }),
        0,
      ),
      summary: "Prometheus cannot look up the names of its targets",
      description:
        'About {{ $value | printf "%.0f" }} lookups of DNS failed in the last 20 minutes. Targets found before are still ' +
        "watched; new ones are not.",
    },
  ];
}
