import { changes, eq, gt, increase, max, rate, ratio, select, subquery, sum } from "../../metrics/promql";
import { containerCpu, containerMemory, perContainer, realContainer } from "../../metrics/recorded";
import type { AlertRule, DashboardUid, DashboardLink, RuleSettings } from "../rule";
import { percent } from "../text";
import { type OwnThresholds, share, threshold, wholeThreshold } from "../threshold";

/** What the alerts of containers compare with. */
export const containerThresholds = {
  containerMemory: threshold("memory of a container's limit", "ratio", 0.9, share),
  containerCpu: threshold("CPU time of a container's limit", "ratio", 0.9, share),
  containerThrottled: threshold("periods in which a container was held back", "ratio", 0.25, share),
  // The start times of 15 minutes, of which a slow scrape sees nine, cannot change more often.
  containerRestarts: wholeThreshold("restarts of a container in 15 minutes", "restarts", 2, [1, 7]),
} as const satisfies OwnThresholds;

const container = "{{ $labels.name }} on {{ $labels.instance }}";
// A service's container has the service's name: so its alerts reach the service's owner.
const common = {
  labels: { service: "{{ $labels.name }}" },
  dashboard: { uid: "container-metrics", variables: { instance: "instance", container: "name" } },
} as const satisfies { labels: Readonly<Record<string, string>>; dashboard: DashboardLink<DashboardUid> };

/** Alerts of containers: limits, restarts, health. */
export function containerAlerts({ thresholds: limits }: RuleSettings): AlertRule<DashboardUid>[] {
  return [
    {
      alert: "ContainerMemoryNearLimit",
      severity: "warning",
      expr: gt(select(containerMemory), limits.containerMemory),
      for: "5m",
      keepFiringFor: "5m",
      summary: `${container} is near its memory limit`,
      description:
        "{{ $value | humanizePercentage }} of the memory limit is used; " +
        `at most ${percent(limits.containerMemory)} may be. At the limit the kernel ends the process.`,
      ...common,
    },
    {
      alert: "ContainerCpuNearLimit",
      severity: "warning",
      expr: gt(select(containerCpu), limits.containerCpu),
      for: "15m",
      keepFiringFor: "5m",
      summary: `${container} is near its CPU limit`,
      description:
        "{{ $value | humanizePercentage }} of the CPU limit was used over the last 5 minutes; " +
        `at most ${percent(limits.containerCpu)} may last.`,
      ...common,
    },
    {
      alert: "ContainerThrottled",
      severity: "warning",
      runbookReads: [select("container_cpu_cfs_throttled_seconds_total")],
      expr: gt(
        ratio(
          sum(rate(select("container_cpu_cfs_throttled_periods_total", realContainer), "5m"), perContainer),
          sum(rate(select("container_cpu_cfs_periods_total", realContainer), "5m"), perContainer),
        ),
        limits.containerThrottled,
      ),
      for: "15m",
      keepFiringFor: "5m",
      summary: `${container} is held back by its CPU limit`,
      description:
        "The container was held back in {{ $value | humanizePercentage }} of the periods of the last 5 minutes; " +
        `at most ${percent(limits.containerThrottled)} may last.`,
      ...common,
    },
    {
      alert: "ContainerRestarting",
      severity: "critical",
      // cAdvisor counts no restarts: the start time changes at each, in a series of the same name.
      expr: gt(
        changes(
          subquery(max(select("container_start_time_seconds", realContainer), perContainer), "15m", "1m"),
        ),
        limits.containerRestarts,
      ),
      for: "1m",
      keepFiringFor: "5m",
      summary: `${container} restarts again and again`,
      description:
        `${container} was restarted {{ $value }} times in the last 15 minutes; ` +
        `at most ${String(limits.containerRestarts)} restarts are allowed.`,
      ...common,
    },
    {
      alert: "ContainerOomKilled",
      severity: "warning",
      expr: gt(sum(increase(select("container_oom_events_total", realContainer), "10m"), perContainer), 0),
      for: "1m",
      summary: `${container} had a process killed for want of memory`,
      description:
        `Processes of ${container} that the kernel ended in the last 10 minutes, as the container was at its ` +
        'memory limit: about {{ $value | printf "%.0f" }}.',
      ...common,
    },
    {
      alert: "ContainerMetricsMissing",
      severity: "warning",
      expr: eq(select("container_scrape_error"), 1),
      for: "5m",
      summary: "cAdvisor on {{ $labels.instance }} cannot read the containers",
      description:
        "There are no numbers of the containers on {{ $labels.instance }}: no alert of theirs can fire.",
      labels: { service: "cadvisor" },
      dashboard: { uid: "container-metrics", variables: { instance: "instance" } },
    },
    {
      alert: "ContainerUnhealthy",
      severity: "warning",
      expr: eq(max(select("container_health_state", realContainer), perContainer), 0),
      for: "2m",
      summary: `${container} is unhealthy`,
      description: `The health check of ${container} has not succeeded for two minutes.`,
      ...common,
    },
  ];
}
