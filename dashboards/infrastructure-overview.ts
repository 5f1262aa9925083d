import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { count, matches, max, min, mul, select, sum } from "../metrics/promql";
import { alarmMarks, cloudWatchChoice, cloudWatchRow } from "./cloudwatch-panels";
import { dashboard, dashboards, type Row } from "./dashboard";
import { orZero } from "./guards";
import { filesystems, hosts, onHost } from "./host-queries";
import { detailRow, waitingRow } from "./infrastructure-details";
import { colors } from "./palette";
import { statPanel, timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";
import { instanceVariable, labelChoice } from "./variables";

/** Alerts of the hosts that the reader chose. */
const hostAlerts = { alertname: matches("Host.*"), instance: onHost.instance } as const;

/** How the hosts do: CPU, memory, disks, network, and what alerts say of them. */
export function infrastructureOverview(settings: DashboardSettings): Dashboard {
  const { cloudwatch } = settings;
  const host = { label: "instance", series: select("up", { job: "node-exporter" }) } as const;
  return dashboard({
    uid: "infrastructure-overview",
    title: dashboards["infrastructure-overview"],
    description: "Whether the hosts have enough of everything, now and for the next day.",
    settings,
    variables: [labelChoice(instanceVariable, "Host", host), ...(cloudwatch ? [cloudWatchChoice()] : [])],
    alerts: hostAlerts,
    marks: cloudwatch ? [alarmMarks(cloudwatch)] : [],
    since: "6h",
    rows: [
      first(settings),
      loadRow(settings),
      diskRow(settings),
      networkRow(settings),
      ...(cloudwatch ? [cloudWatchRow(cloudwatch)] : []),
      waitingRow(),
      detailRow(settings),
    ],
  });
}

function first({ thresholds }: DashboardSettings): Row {
  return {
    panels: [
      statPanel({
        title: "Total servers",
        description: "Hosts that are watched, and how many of them answered the last scrape.",
        unit: "none",
        queries: { servers: count(hosts.up), answering: sum(hosts.up) },
      }),
      statPanel({
        title: "Busiest CPU",
        description:
          "Of the chosen hosts, the greatest share of time in which the CPUs were busy over five minutes.",
        unit: "percentunit",
        queries: { cpu: max(hosts.cpu) },
        limits: { warning: thresholds.hostCpu },
      }),
      statPanel({
        title: "Fullest memory",
        description: "Of the chosen hosts, the greatest share of memory in use.",
        unit: "percentunit",
        queries: { memory: max(hosts.memory) },
        limits: { warning: thresholds.hostMemory },
      }),
      statPanel({
        title: "Fullest disk",
        description: "Of all file systems that hold data, the greatest share of space in use.",
        unit: "percentunit",
        queries: { disk: max(filesystems.used) },
        limits: { warning: thresholds.filesystemUsedWarning, critical: thresholds.filesystemUsedCritical },
      }),
      statPanel({
        title: "First disk full in",
        description: "Time until the first file system is full, if all grow on as in the last six hours.",
        unit: "s",
        queries: { time: min(filesystems.fullIn) },
        limits: { bad: "below", warning: thresholds.filesystemFullWithin * 3600 },
        noValue: "None grows",
      }),
      statPanel({
        title: "Alerts on hosts",
        description: "Alerts of the chosen hosts that fire now.",
        unit: "none",
        queries: {
          alerts: orZero(count(select("ALERTS", { ...hostAlerts, alertstate: "firing" })), count(hosts.up)),
        },
        limits: { warning: 1 },
      }),
    ],
  };
}

function loadRow({ thresholds }: DashboardSettings): Row {
  return {
    title: "CPU and memory",
    panels: [
      timeseriesPanel({
        title: "CPU",
        description: "Share of the time in which each host's CPUs were busy. Dashed: its alert's threshold.",
        unit: "percentunit",
        span: 8,
        max: 1,
        queries: { "{{instance}}": hosts.cpu },
        limits: { warning: thresholds.hostCpu },
      }),
      timeseriesPanel({
        title: "Memory",
        description:
          "Share of each host's memory that a new process could not have. Dashed: its alert's threshold.",
        unit: "percentunit",
        span: 8,
        max: 1,
        queries: { "{{instance}}": hosts.memory },
        limits: { warning: thresholds.hostMemory },
      }),
      timeseriesPanel({
        title: "Load per core",
        description:
          "Processes that ran or waited for a CPU or a disk, over five minutes, for each core. Above 1 they wait. Dashed: its alert's threshold.",
        unit: "none",
        span: 8,
        queries: { "{{instance}}": hosts.loadPerCore },
        limits: { warning: thresholds.hostLoadPerCore },
      }),
    ],
  };
}

function diskRow({ thresholds }: DashboardSettings): Row {
  const legend = "{{instance}} {{mountpoint}}";
  const hours = thresholds.filesystemFullWithin;
  const limits = { warning: thresholds.filesystemUsedWarning, critical: thresholds.filesystemUsedCritical };
  return {
    title: "Disks",
    panels: [
      timeseriesPanel({
        title: "Disk space",
        description: "Share of each file system's space that is used. Dashed: its alerts' thresholds.",
        unit: "percentunit",
        max: 1,
        queries: { [legend]: filesystems.used },
        limits,
      }),
      timeseriesPanel({
        title: "Disk-full forecast",
        description: `Share of the space that will be used in ${String(hours)} hours, if it grows on as in the last six. Above 100 % the disk is full by then.`,
        unit: "percentunit",
        queries: { [legend]: filesystems.usedIn(hours) },
        limits: { critical: 1 },
      }),
    ],
  };
}

function networkRow({ thresholds }: DashboardSettings): Row {
  return {
    title: "Network and alerts",
    panels: [
      timeseriesPanel({
        title: "Network",
        description: "Bytes per second on the hosts' own interfaces: received above the axis, sent below it.",
        unit: "Bps",
        min: "data",
        queries: { "received {{instance}}": hosts.received, "sent {{instance}}": mul(-1, hosts.sent) },
        colors: { received: colors.received, sent: colors.sent },
      }),
      timeseriesPanel({
        title: "State of alerts on hosts",
        description: "Alerts of the chosen hosts that fire or are pending, that is, about to fire.",
        unit: "none",
        stacked: true,
        queries: {
          critical: alertsOf({ alertstate: "firing", severity: "critical" }),
          warning: alertsOf({ alertstate: "firing", severity: "warning" }),
          pending: alertsOf({ alertstate: "pending" }),
        },
        colors: { critical: colors.critical, warning: colors.warning, pending: colors.pending },
      }),
      timeseriesPanel({
        title: "Network errors",
        description: "Share of the packets with errors. Dashed: its alert's threshold.",
        unit: "percentunit",
        queries: { "{{instance}}": hosts.networkErrors },
        limits: { warning: thresholds.hostNetworkErrors },
      }),
      timeseriesPanel({
        title: "Disk throughput",
        description: "Bytes per second: read above the axis, written below it.",
        unit: "Bps",
        min: "data",
        queries: { "read {{instance}}": hosts.read, "written {{instance}}": mul(-1, hosts.written) },
        colors: { read: colors.received, written: colors.sent },
      }),
    ],
  };
}

function alertsOf(which: {
  readonly alertstate: "firing" | "pending";
  readonly severity?: "critical" | "warning";
}) {
  return orZero(count(select("ALERTS", { ...hostAlerts, ...which })), count(hosts.up));
}
