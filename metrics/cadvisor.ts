import { foreign, owned } from "./define";
import { oneOf, open } from "./labels";

const seconds = { unit: "seconds" } as const;
const bytes = { unit: "bytes" } as const;
/** `name` is empty for what is no container, such as the host's own control groups. */
const container = { id: open(), image: open(), name: open() };
const noBlockIo = { absentWhen: "the kernel counts no block I/O of containers" } as const;
const noLimit = { absentWhen: "the container has no CPU limit" } as const;
const networkLabels = { ...container, interface: open() };
const filesystem = { ...container, device: open() };

/** What dashboards and rules read of cAdvisor, from 0.57 on, run with `--store_container_labels=false`. */
export const cadvisor = owned(
  { owner: "cadvisor", title: "Containers (cAdvisor)", exportedBy: ["cadvisor"] },
  [
    foreign("counter", "container_cpu_usage_seconds_total", {
      ...seconds,
      help: "CPU time used.",
      labels: { ...container, cpu: open() },
    }),
    foreign("counter", "container_cpu_cfs_periods_total", {
      ...noLimit,
      unit: "periods",
      help: "Periods in which the CPU limit was enforced.",
      labels: container,
    }),
    foreign("counter", "container_cpu_cfs_throttled_periods_total", {
      ...noLimit,
      unit: "periods",
      help: "Periods in which the container was held back.",
      labels: container,
    }),
    foreign("counter", "container_cpu_cfs_throttled_seconds_total", {
      ...noLimit,
      ...seconds,
      help: "Time for which the container was held back.",
      labels: container,
    }),
    foreign("gauge", "container_spec_cpu_quota", {
      ...noLimit,
      unit: "microseconds",
      help: "CPU time that the container may use in a period.",
      labels: container,
    }),
    foreign("gauge", "container_spec_cpu_period", {
      unit: "microseconds",
      help: "Length of a period.",
      labels: container,
    }),
    foreign("gauge", "container_memory_working_set_bytes", {
      ...bytes,
      help: "Memory in use that cannot be reclaimed at once; what the limit is held against.",
      labels: container,
    }),
    foreign("gauge", "container_memory_usage_bytes", {
      ...bytes,
      help: "Memory in use, the page cache included.",
      labels: container,
    }),
    foreign("gauge", "container_memory_rss", { ...bytes, help: "Anonymous memory.", labels: container }),
    foreign("gauge", "container_memory_cache", { ...bytes, help: "Page cache.", labels: container }),
    foreign("gauge", "container_spec_memory_limit_bytes", {
      ...bytes,
      help: "Memory limit; 0 where there is none.",
      labels: container,
    }),
    foreign("counter", "container_memory_failcnt", {
      unit: "hits",
      help: "Times that the memory limit was hit; a counter in spite of its name.",
      labels: container,
    }),
    foreign("counter", "container_oom_events_total", {
      unit: "events",
      help: "Processes of the container killed for want of memory.",
      labels: container,
    }),
    foreign("counter", "container_network_receive_bytes_total", {
      ...bytes,
      help: "Bytes received.",
      labels: networkLabels,
    }),
    foreign("counter", "container_network_transmit_bytes_total", {
      ...bytes,
      help: "Bytes sent.",
      labels: networkLabels,
    }),
    foreign("counter", "container_network_receive_errors_total", {
      unit: "errors",
      help: "Errors in receiving.",
      labels: networkLabels,
    }),
    foreign("counter", "container_network_transmit_errors_total", {
      unit: "errors",
      help: "Errors in sending.",
      labels: networkLabels,
    }),
    foreign("counter", "container_network_receive_packets_dropped_total", {
      unit: "packets",
      help: "Packets dropped in receiving.",
      labels: networkLabels,
    }),
    foreign("counter", "container_network_transmit_packets_dropped_total", {
      unit: "packets",
      help: "Packets dropped in sending.",
      labels: networkLabels,
    }),
    foreign("counter", "container_fs_reads_bytes_total", {
      ...noBlockIo,
      ...bytes,
      help: "Bytes read.",
      labels: filesystem,
    }),
    foreign("counter", "container_fs_writes_bytes_total", {
      ...noBlockIo,
      ...bytes,
      help: "Bytes written.",
      labels: filesystem,
    }),
    foreign("gauge", "container_fs_usage_bytes", {
      ...bytes,
      help: "Space used on a file system.",
      labels: filesystem,
    }),
    foreign("gauge", "container_start_time_seconds", {
      ...seconds,
      help: "When the container started, in Unix time (before 0.57: when it was created).",
      labels: container,
    }),
    foreign("gauge", "container_last_seen", {
      ...seconds,
      help: "When cAdvisor saw the container last, in Unix time.",
      labels: container,
    }),
    foreign("gauge", "container_health_state", {
      unit: "state",
      help: "Result of the health check: 1 healthy, 0 unhealthy or not asked yet, -1 no health check.",
      labels: container,
    }),
    foreign("gauge", "container_tasks_state", {
      unit: "tasks",
      help: "Tasks by state.",
      labels: {
        ...container,
        state: oneOf("sleeping", "running", "stopped", "uninterruptible", "iowaiting"),
      },
      absentWhen: "the container has no tasks that cAdvisor can read",
    }),
    foreign("gauge", "machine_cpu_cores", {
      unit: "cores",
      help: "Logical CPUs of the host.",
      labels: { boot_id: open(), machine_id: open(), system_uuid: open() },
    }),
    foreign("gauge", "machine_memory_bytes", {
      ...bytes,
      help: "Memory of the host.",
      labels: { boot_id: open(), machine_id: open(), system_uuid: open() },
    }),
    foreign("gauge", "container_scrape_error", {
      unit: "boolean",
      help: "Whether cAdvisor could not read the containers (1).",
    }),
  ],
);
