import { type AlertCase, every, type Level, type Levels, rare, series } from "../cases";

const shop = {
  job: "cadvisor",
  instance: "docker-host",
  id: "/docker/1",
  image: "shop:1",
  name: "shop",
} as const;
/** A control group of the host itself: no container. */
const system = { ...shop, id: "/system.slice", image: "", name: "" } as const;
/** A container of the same name on another machine, where all is well: it neither hides the one nor is added to it. */
const elsewhere = { ...shop, instance: "db-1" } as const;
const labels = { instance: "docker-host", name: "shop", service: "shop" } as const;

function always(level: Level): Levels {
  return [level, level, level];
}

function cpuLimit(container: typeof shop | typeof elsewhere, cpus: number) {
  return [
    series("container_spec_cpu_quota", container, always(cpus * 100_000)),
    series("container_spec_cpu_period", container, always(100_000)),
  ];
}

/** When the container started, if it starts again every so many minutes. */
function restartsEvery(minutes: number): Level {
  return (seconds) => 1_700_000_000 + Math.floor(seconds / 60 / minutes) * minutes * 60;
}

/** How the alerts of containers behave. */
export const containerCases: readonly AlertCase[] = [
  {
    alert: "ContainerMemoryNearLimit",
    severity: "warning",
    series: [
      series("container_memory_working_set_bytes", shop, [100e6, 440e6, 475e6]),
      series("container_spec_memory_limit_bytes", shop, always(500e6)),
      // Without a limit there is none to be near to.
      series("container_memory_working_set_bytes", { ...shop, name: "free" }, [100e6, 440e6, 475e6]),
      series("container_spec_memory_limit_bytes", { ...shop, name: "free" }, always(0)),
      series("container_memory_working_set_bytes", elsewhere, always(400e6)),
      series("container_spec_memory_limit_bytes", elsewhere, always(4e9)),
      series("container_memory_working_set_bytes", system, [100e6, 440e6, 475e6]),
      series("container_spec_memory_limit_bytes", system, always(1)),
    ],
    labels,
    summary: "shop on docker-host is near its memory limit",
    description:
      "95% of the memory limit is used; at most 90% may be. At the limit the kernel ends the process.",
  },
  {
    alert: "ContainerCpuNearLimit",
    severity: "warning",
    series: [
      series("container_cpu_usage_seconds_total", { ...shop, cpu: "total" }, [0.2, 1.75, 1.9]),
      ...cpuLimit(shop, 2),
      series("container_cpu_usage_seconds_total", { ...elsewhere, cpu: "total" }, always(0.2)),
      ...cpuLimit(elsewhere, 8),
    ],
    labels,
    summary: "shop on docker-host is near its CPU limit",
    description: "95% of the CPU limit was used over the last 5 minutes; at most 90% may last.",
  },
  {
    alert: "ContainerThrottled",
    severity: "warning",
    series: [
      series("container_cpu_cfs_throttled_periods_total", shop, [0, 2.4, 3]),
      series("container_cpu_cfs_periods_total", shop, always(10)),
      series("container_cpu_cfs_throttled_periods_total", elsewhere, always(0)),
      series("container_cpu_cfs_periods_total", elsewhere, always(10)),
    ],
    labels,
    summary: "shop on docker-host is held back by its CPU limit",
    description:
      "The container was held back in 30% of the periods of the last 5 minutes; at most 25% may last.",
  },
  {
    alert: "ContainerRestarting",
    severity: "critical",
    series: [
      series("container_start_time_seconds", shop, [1_700_000_000, restartsEvery(8), restartsEvery(4)]),
      series("container_start_time_seconds", elsewhere, always(1_800_000_000)),
    ],
    labels,
    summary: "shop on docker-host restarts again and again",
    description:
      "shop on docker-host was restarted 3 times in the last 15 minutes; at most 2 restarts are allowed.",
  },
  {
    alert: "ContainerRestarting",
    severity: "critical",
    // As rarely as three fit into the range.
    series: [
      series("container_start_time_seconds", shop, [1_700_000_000, restartsEvery(8), restartsEvery(4.75)]),
    ],
    ...rare,
    labels,
    summary: "shop on docker-host restarts again and again",
    description:
      "shop on docker-host was restarted 3 times in the last 15 minutes; at most 2 restarts are allowed.",
  },
  {
    alert: "ContainerOomKilled",
    severity: "warning",
    series: [
      series("container_oom_events_total", shop, [0, 0, 0.005]),
      series("container_oom_events_total", elsewhere, always(0)),
      series("container_oom_events_total", system, [0, 0.01, 0.01]),
    ],
    labels,
    summary: "shop on docker-host had a process killed for want of memory",
    description:
      "Processes of shop on docker-host that the kernel ended in the last 10 minutes, as the container was at its memory limit: about 3.",
  },
  {
    alert: "ContainerOomKilled",
    severity: "warning",
    // A single one is told.
    series: [series("container_oom_events_total", shop, [0, 0, every(60, { times: 1 })])],
    ...rare,
    minutes: { healthy: 30, faulty: 10, mended: 60 },
    labels,
    summary: "shop on docker-host had a process killed for want of memory",
    description:
      "Processes of shop on docker-host that the kernel ended in the last 10 minutes, as the container was at its memory limit: about 1.",
  },
  {
    alert: "ContainerMetricsMissing",
    severity: "warning",
    series: [
      series("container_scrape_error", { job: "cadvisor", instance: "docker-host" }, [0, 0, 1]),
      series("container_scrape_error", { job: "cadvisor", instance: "db-1" }, always(0)),
    ],
    labels: { job: "cadvisor", instance: "docker-host", service: "cadvisor" },
    summary: "cAdvisor on docker-host cannot read the containers",
    description: "There are no numbers of the containers on docker-host: no alert of theirs can fire.",
  },
  {
    alert: "ContainerUnhealthy",
    severity: "warning",
    series: [
      series("container_health_state", shop, [1, 1, 0]),
      series("container_health_state", elsewhere, always(1)),
      series("container_health_state", { ...shop, name: "unchecked" }, always(-1)),
    ],
    labels,
    summary: "shop on docker-host is unhealthy",
    description: "The health check of shop on docker-host has not succeeded for two minutes.",
  },
];
