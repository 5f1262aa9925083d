import {
  abs,
  add,
  and,
  count,
  div,
  eq,
  gt,
  gte,
  increase,
  minOverTime,
  rate,
  ratio,
  select,
  sub,
} from "../../metrics/promql";
import { hostCpu, hostMemory, realInterface } from "../../metrics/recorded";
import type { AlertRule, DashboardUid, DashboardLink, RuleSettings } from "../rule";
import { percent } from "../text";
import { type OwnThresholds, share, threshold } from "../threshold";

/** What the alerts of hosts compare with. */
export const hostThresholds = {
  hostCpu: threshold("busy time of a host's CPUs", "ratio", 0.8, share),
  hostLoadPerCore: threshold("load average over five minutes", "per core", 2, [0.1, 100]),
  hostMemory: threshold("used memory of a host", "ratio", 0.9, share),
  hostMajorPageFaults: threshold("major page faults of a host", "per second", 500, [1, 1_000_000]),
  hostNetworkErrors: threshold("packets with errors on a network interface", "ratio", 0.01, share),
  hostClockOffset: threshold("offset of a host's clock", "seconds", 0.05, [0.001, 60]),
  hostFileDescriptors: threshold("used file descriptors of a host", "ratio", 0.8, share),
  hostConnectionsTracked: threshold("connections that a host's firewall can track", "ratio", 0.75, share),
  hostSwap: threshold("used swap space of a host", "ratio", 0.8, share),
} as const satisfies OwnThresholds;

/** What all alerts of hosts have in common. */
export const onHost = {
  labels: { service: "node-exporter" },
  dashboard: { uid: "machine", variables: { instance: "instance" } },
} as const satisfies { labels: Readonly<Record<string, string>>; dashboard: DashboardLink<DashboardUid> };

/** Alerts of hosts: whether they are there, CPU, memory, network, clock, file descriptors. */
export function hostAlerts({ thresholds: limits }: RuleSettings): AlertRule<DashboardUid>[] {
  const cores = count(select("node_cpu_seconds_total", { mode: "idle" }), { without: ["cpu", "mode"] });
  const perSecond = (name: keyof typeof packets) => rate(select(packets[name], realInterface), "5m");
  return [
    {
      alert: "HostDown",
      severity: "critical",
      expr: eq(select("up", { job: "node-exporter" }), 0),
      // A machine that is started again takes less.
      for: "3m",
      summary: "{{ $labels.instance }} is down",
      description:
        "{{ $labels.instance }} has not answered a scrape for three minutes: the machine is gone, or its " +
        "node-exporter is.",
      ...onHost,
    },
    {
      alert: "HostHighCpu",
      severity: "warning",
      expr: gt(select(hostCpu), limits.hostCpu),
      for: "15m",
      keepFiringFor: "5m",
      summary: "The CPUs of {{ $labels.instance }} are busy",
      description:
        "The CPUs were busy for {{ $value | humanizePercentage }} of the last 5 minutes; " +
        `at most ${percent(limits.hostCpu)} may last.`,
      ...onHost,
    },
    {
      alert: "HostHighLoad",
      severity: "warning",
      runbookReads: [select("node_procs_blocked")],
      expr: gt(div(select("node_load5"), cores), limits.hostLoadPerCore),
      for: "15m",
      keepFiringFor: "5m",
      summary: "{{ $labels.instance }} has more to do than its CPUs and disks can",
      description:
        'For each core {{ $value | printf "%.1f" }} processes ran or waited over the last 5 minutes; ' +
        `at most ${String(limits.hostLoadPerCore)} may last.`,
      ...onHost,
    },
    {
      alert: "HostHighMemory",
      severity: "warning",
      expr: gt(select(hostMemory), limits.hostMemory),
      for: "10m",
      keepFiringFor: "5m",
      summary: "{{ $labels.instance }} runs out of memory",
      description: `{{ $value | humanizePercentage }} of the memory is used; at most ${percent(limits.hostMemory)} may be.`,
      ...onHost,
    },
    {
      alert: "HostMajorPageFaults",
      severity: "warning",
      runbookReads: [select("node_vmstat_pswpin")],
      expr: gt(rate(select("node_vmstat_pgmajfault"), "5m"), limits.hostMajorPageFaults),
      for: "15m",
      keepFiringFor: "5m",
      summary: "{{ $labels.instance }} reads memory back from disk all the time",
      description:
        "{{ $value | humanize }} major page faults a second over the last 5 minutes; " +
        `at most ${String(limits.hostMajorPageFaults)} may last.`,
      ...onHost,
    },
    {
      alert: "HostOomKill",
      severity: "critical",
      expr: gt(increase(select("node_vmstat_oom_kill"), "10m"), 0),
      for: "1m",
      summary: "{{ $labels.instance }} killed a process for want of memory",
      description:
        'Processes that the kernel ended in the last 10 minutes: about {{ $value | printf "%.0f" }}.',
      ...onHost,
    },
    {
      alert: "HostSwapUsed",
      severity: "warning",
      runbookReads: [select("node_vmstat_pswpin"), select("node_vmstat_pswpout")],
      expr: gt(
        sub(1, ratio(select("node_memory_SwapFree_bytes"), select("node_memory_SwapTotal_bytes"))),
        limits.hostSwap,
      ),
      for: "15m",
      keepFiringFor: "5m",
      summary: "The swap space of {{ $labels.instance }} is nearly used up",
      description: `{{ $value | humanizePercentage }} of the swap space is used; at most ${percent(limits.hostSwap)} may be.`,
      ...onHost,
    },
    {
      alert: "HostNetworkErrors",
      severity: "warning",
      expr: gt(
        ratio(
          add(perSecond("receiveErrors"), perSecond("sendErrors")),
          add(perSecond("received"), perSecond("sent")),
        ),
        limits.hostNetworkErrors,
      ),
      for: "10m",
      keepFiringFor: "5m",
      summary: "{{ $labels.device }} of {{ $labels.instance }} has errors",
      description:
        "{{ $value | humanizePercentage }} of the packets of the last 5 minutes had errors; " +
        `at most ${percent(limits.hostNetworkErrors)} may.`,
      ...onHost,
    },
    {
      alert: "HostConnectionsNearLimit",
      severity: "warning",
      expr: gt(
        ratio(select("node_nf_conntrack_entries"), select("node_nf_conntrack_entries_limit")),
        limits.hostConnectionsTracked,
      ),
      for: "5m",
      keepFiringFor: "5m",
      summary: "The firewall of {{ $labels.instance }} can hardly track more connections",
      description:
        "{{ $value | humanizePercentage }} of the connections that it can track are used; at most " +
        `${percent(limits.hostConnectionsTracked)} may be. Beyond all of them new ones are dropped.`,
      ...onHost,
    },
    {
      alert: "HostClockSkew",
      severity: "warning",
      expr: gt(abs(select("node_timex_offset_seconds")), limits.hostClockOffset),
      for: "10m",
      keepFiringFor: "5m",
      summary: "The clock of {{ $labels.instance }} is wrong",
      description:
        "The clock is {{ $value | humanizeDuration }} off its reference; " +
        `at most ${String(limits.hostClockOffset)} s are allowed.`,
      ...onHost,
    },
    {
      alert: "HostClockNotSynchronised",
      severity: "warning",
      // 16 s is what the kernel says when it has had no reference for long.
      expr: and(
        gte(select("node_timex_maxerror_seconds"), 16),
        eq(minOverTime(select("node_timex_sync_status"), "5m"), 0),
      ),
      for: "10m",
      summary: "The clock of {{ $labels.instance }} follows no reference",
      description: "No time server is reached; the clock may be {{ $value | humanizeDuration }} off or more.",
      ...onHost,
    },
    {
      alert: "HostFileDescriptorsLow",
      severity: "warning",
      runbookReads: [select("process_open_fds")],
      expr: gt(
        ratio(select("node_filefd_allocated"), select("node_filefd_maximum")),
        limits.hostFileDescriptors,
      ),
      for: "10m",
      keepFiringFor: "5m",
      summary: "{{ $labels.instance }} runs out of file descriptors",
      description:
        "{{ $value | humanizePercentage }} of the file descriptors are used; " +
        `at most ${percent(limits.hostFileDescriptors)} may be.`,
      ...onHost,
    },
  ];
}

const packets = {
  receiveErrors: "node_network_receive_errs_total",
  sendErrors: "node_network_transmit_errs_total",
  received: "node_network_receive_packets_total",
  sent: "node_network_transmit_packets_total",
} as const;
