import { type AlertCase, every, type Levels, rare, series } from "../cases";

const host = { job: "node-exporter", instance: "host-1:9100" } as const;
const labels = { ...host, service: "node-exporter" } as const;

/** Idle time of two cores, each with these shares of a second. */
function idle(levels: Levels) {
  return ["0", "1"].map((cpu) => series("node_cpu_seconds_total", { ...host, cpu, mode: "idle" }, levels));
}

/** How the alerts of hosts behave. */
export const hostCases: readonly AlertCase[] = [
  {
    alert: "HostDown",
    severity: "critical",
    // Another program of the same machine tells nothing of the machine.
    series: [
      series("up", { job: "node-exporter", instance: "web-1" }, [1, 1, 0]),
      series("up", { job: "node-exporter", instance: "web-2" }, [1, 1, 1]),
      series("up", { job: "cadvisor", instance: "web-2" }, [1, 0, 0]),
    ],
    labels: { job: "node-exporter", instance: "web-1", service: "node-exporter" },
    summary: "web-1 is down",
    description:
      "web-1 has not answered a scrape for three minutes: the machine is gone, or its node-exporter is.",
  },
  {
    alert: "HostHighCpu",
    severity: "warning",
    series: [
      ...idle([0.9, 0.16, 0.03]),
      series("node_cpu_seconds_total", { ...host, cpu: "0", mode: "steal" }, [0, 0.1, 0.04]),
    ],
    labels,
    summary: "The CPUs of host-1:9100 are busy",
    description: "The CPUs were busy for 95% of the last 5 minutes; at most 80% may last.",
    firesWithoutTraffic: "idle time that stands still is a busy CPU",
  },
  {
    alert: "HostHighLoad",
    severity: "warning",
    series: [...idle([0.9, 0.1, 0.1]), series("node_load5", host, [0.5, 3.8, 5])],
    labels,
    summary: "host-1:9100 has more to do than its CPUs and disks can",
    description: "For each core 2.5 processes ran or waited over the last 5 minutes; at most 2 may last.",
    firesWithoutTraffic: "the cores are counted, whatever they do",
  },
  {
    alert: "HostHighMemory",
    severity: "warning",
    series: [
      series("node_memory_MemTotal_bytes", host, [16e9, 16e9, 16e9]),
      series("node_memory_MemAvailable_bytes", host, [8e9, 1.92e9, 0.8e9]),
    ],
    labels,
    summary: "host-1:9100 runs out of memory",
    description: "95% of the memory is used; at most 90% may be.",
  },
  {
    alert: "HostMajorPageFaults",
    severity: "warning",
    series: [series("node_vmstat_pgmajfault", host, [1, 480, 550])],
    labels,
    summary: "host-1:9100 reads memory back from disk all the time",
    description: "550 major page faults a second over the last 5 minutes; at most 500 may last.",
  },
  {
    alert: "HostOomKill",
    severity: "critical",
    series: [series("node_vmstat_oom_kill", host, [0, 0, 0.005])],
    labels,
    summary: "host-1:9100 killed a process for want of memory",
    description: "Processes that the kernel ended in the last 10 minutes: about 3.",
  },
  {
    alert: "HostOomKill",
    severity: "critical",
    // A single one is told.
    series: [series("node_vmstat_oom_kill", host, [0, 0, every(60, { times: 1 })])],
    ...rare,
    minutes: { healthy: 30, faulty: 10, mended: 60 },
    labels,
    summary: "host-1:9100 killed a process for want of memory",
    description: "Processes that the kernel ended in the last 10 minutes: about 1.",
  },
  {
    alert: "HostSwapUsed",
    severity: "warning",
    series: [
      series("node_memory_SwapTotal_bytes", host, [1e9, 1e9, 1e9]),
      series("node_memory_SwapFree_bytes", host, [1e9, 0.22e9, 0.15e9]),
      // A host without swap space is no host with a full one.
      series("node_memory_SwapTotal_bytes", { ...host, instance: "host-2:9100" }, [0, 0, 0]),
      series("node_memory_SwapFree_bytes", { ...host, instance: "host-2:9100" }, [0, 0, 0]),
    ],
    labels,
    summary: "The swap space of host-1:9100 is nearly used up",
    description: "85% of the swap space is used; at most 80% may be.",
  },
  {
    alert: "HostNetworkErrors",
    severity: "warning",
    series: [
      series("node_network_receive_errs_total", { ...host, device: "eth0" }, [0, 1, 2]),
      series("node_network_transmit_errs_total", { ...host, device: "eth0" }, [0, 0.8, 1]),
      series("node_network_receive_packets_total", { ...host, device: "eth0" }, [100, 100, 100]),
      series("node_network_transmit_packets_total", { ...host, device: "eth0" }, [100, 100, 100]),
    ],
    labels: { ...labels, device: "eth0" },
    summary: "eth0 of host-1:9100 has errors",
    description: "1.5% of the packets of the last 5 minutes had errors; at most 1% may.",
  },
  {
    alert: "HostNetworkErrors",
    severity: "warning",
    // An interface with little to do; at the edge one packet alone has an error.
    series: [
      series("node_network_receive_errs_total", { ...host, device: "eth1" }, [
        0,
        every(240, { times: 1 }),
        every(240),
      ]),
      series("node_network_transmit_errs_total", { ...host, device: "eth1" }, [0, 0, 0]),
      series("node_network_receive_packets_total", { ...host, device: "eth1" }, [
        every(10),
        every(10),
        every(10),
      ]),
      series("node_network_transmit_packets_total", { ...host, device: "eth1" }, [0, 0, 0]),
    ],
    ...rare,
    labels: { ...labels, device: "eth1" },
    summary: "eth1 of host-1:9100 has errors",
    description: "3.448% of the packets of the last 5 minutes had errors; at most 1% may.",
  },
  {
    alert: "HostConnectionsNearLimit",
    severity: "warning",
    series: [
      series("node_nf_conntrack_entries", host, [9_000, 74_000, 80_000]),
      series("node_nf_conntrack_entries_limit", host, [100_000, 100_000, 100_000]),
    ],
    labels,
    summary: "The firewall of host-1:9100 can hardly track more connections",
    description:
      "80% of the connections that it can track are used; at most 75% may be. Beyond all of them new ones are dropped.",
  },
  {
    alert: "HostClockSkew",
    severity: "warning",
    series: [series("node_timex_offset_seconds", host, [0.001, -0.048, -0.06])],
    labels,
    summary: "The clock of host-1:9100 is wrong",
    description: "The clock is 60ms off its reference; at most 0.05 s are allowed.",
  },
  {
    alert: "HostClockNotSynchronised",
    severity: "warning",
    series: [
      series("node_timex_sync_status", host, [1, 0, 0]),
      series("node_timex_maxerror_seconds", host, [0.1, 15.9, 16]),
    ],
    labels,
    summary: "The clock of host-1:9100 follows no reference",
    description: "No time server is reached; the clock may be 16s off or more.",
  },
  {
    alert: "HostFileDescriptorsLow",
    severity: "warning",
    series: [
      series("node_filefd_allocated", host, [1000, 78_000, 90_000]),
      series("node_filefd_maximum", host, [100_000, 100_000, 100_000]),
    ],
    labels,
    summary: "host-1:9100 runs out of file descriptors",
    description: "90% of the file descriptors are used; at most 80% may be.",
  },
];
