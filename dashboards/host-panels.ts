import { and, atEnd, count, lt, matches, max, min, select, topk, type Vector } from "../metrics/promql";
import type { Row } from "./dashboard";
import { orZero } from "./guards";
import { filesystems, hosts, onHost } from "./host-queries";
import { colors } from "./palette";
import type { PanelOptions } from "./panel-options";
import { statPanel, timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";

// What the page of all hosts and the page of one have in common.

/** Alerts of the hosts that the reader chose. */
export const hostAlerts = { alertname: matches("Host.*"), instance: onHost.instance } as const;

/** So many of the hosts are drawn where all are chosen: more lines than that nobody tells apart. */
export const mostShown = 10;

/** Chosen hosts that do not answer. */
export const hostsDown = orZero(count(lt(hosts.up, 1)), count(hosts.up));

/** Which of the series are drawn. */
export interface Shown {
  readonly of: <L extends string>(vector: Vector<L>) => Vector<L>;
  /** The same in words, as the end of a description. */
  readonly inWords: string;
  readonly links?: PanelOptions["links"];
}

/** All of the chosen hosts. */
export const every: Shown = { of: (vector) => vector, inWords: "" };

/** Those that have the most at the end of the time shown: the same ones at each point, so that no line is in pieces. */
export const fullest: Shown = {
  of: (vector) => and(vector, topk(mostShown, atEnd(vector))),
  inWords: ` Of the ${String(mostShown)} that have the most at the end of the time shown.`,
};

/** The numbers that matter first, of the chosen hosts. */
export function hostNumbers({ thresholds }: DashboardSettings): Row["panels"] {
  return [
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
  ];
}

/** CPU, memory and load over time. */
export function loadRow({ thresholds }: DashboardSettings, { of, inWords, links }: Shown): Row {
  const common = { span: 8, ...(links && { links }) } as const;
  return {
    title: "CPU and memory",
    panels: [
      timeseriesPanel({
        ...common,
        title: "CPU",
        description: `Share of the time in which each host's CPUs were busy. Dashed: its alert's threshold.${inWords}`,
        unit: "percentunit",
        max: 1,
        queries: { "{{instance}}": of(hosts.cpu) },
        limits: { warning: thresholds.hostCpu },
      }),
      timeseriesPanel({
        ...common,
        title: "Memory",
        description: `Share of each host's memory that a new process could not have. Dashed: its alert's threshold.${inWords}`,
        unit: "percentunit",
        max: 1,
        queries: { "{{instance}}": of(hosts.memory) },
        limits: { warning: thresholds.hostMemory },
      }),
      timeseriesPanel({
        ...common,
        title: "Load per core",
        description: `Processes that ran or waited for a CPU or a disk, over five minutes, for each core. Above 1 they wait. Dashed: its alert's threshold.${inWords}`,
        unit: "none",
        queries: { "{{instance}}": of(hosts.loadPerCore) },
        limits: { warning: thresholds.hostLoadPerCore },
      }),
    ],
  };
}

/** How full the file systems were. */
export function diskSpacePanel({ thresholds }: DashboardSettings, { of, inWords, links }: Shown) {
  return timeseriesPanel({
    title: "Disk space",
    description: `Share of each file system's space that is used. Dashed: its alerts' thresholds.${inWords}`,
    unit: "percentunit",
    max: 1,
    queries: { "{{instance}} {{mountpoint}}": of(filesystems.used) },
    limits: { warning: thresholds.filesystemUsedWarning, critical: thresholds.filesystemUsedCritical },
    ...(links && { links }),
  });
}

/** Packets with errors over time. */
export function networkErrorsPanel({ thresholds }: DashboardSettings, { of, inWords, links }: Shown) {
  return timeseriesPanel({
    title: "Network errors",
    description: `Share of the packets with errors. Dashed: its alert's threshold.${inWords}`,
    unit: "percentunit",
    queries: { "{{instance}}": of(hosts.networkErrors) },
    limits: { warning: thresholds.hostNetworkErrors },
    ...(links && { links }),
  });
}

/** Alerts of the chosen hosts over time. */
export function alertStatePanel() {
  return timeseriesPanel({
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
  });
}

function alertsOf(which: {
  readonly alertstate: "firing" | "pending";
  readonly severity?: "critical" | "warning";
}) {
  return orZero(count(select("ALERTS", { ...hostAlerts, ...which })), count(hosts.up));
}
