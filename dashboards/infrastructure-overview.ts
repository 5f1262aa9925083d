import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { count, select, sum, topk } from "../metrics/promql";
import { bothWaysPanel } from "./both-ways";
import { alarmMarks, cloudWatchChoice, cloudWatchRow } from "./cloudwatch-panels";
import { dashboard, dashboards, type Row } from "./dashboard";
import {
  alertStatePanel,
  diskSpacePanel,
  fullest,
  hostAlerts,
  hostNumbers,
  hostsDown,
  loadRow,
  mostShown,
  networkErrorsPanel,
  type Shown,
} from "./host-panels";
import { filesystems, hosts } from "./host-queries";
import { linkToMachine } from "./machine";
import { barsPanel, statPanel } from "./panels";
import type { DashboardSettings } from "./settings";
import { instanceVariable, labelChoice } from "./variables";

const links = [linkToMachine];
const linked: Shown = { ...fullest, links };

/** How all hosts do: the fullest of them, what they have in common, and what alerts say of them. */
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
      fullestRow(settings),
      loadRow(settings, linked),
      diskRow(settings),
      networkRow(settings),
      ...(cloudwatch ? [cloudWatchRow(cloudwatch)] : []),
    ],
  });
}

function first(settings: DashboardSettings): Row {
  return {
    panels: [
      statPanel({
        title: "Total servers",
        description: "Hosts that are watched, and how many of them did not answer the last scrape.",
        unit: "none",
        queries: { servers: count(hosts.up), down: hostsDown },
      }),
      ...hostNumbers(settings),
    ],
  };
}

/** Of how many hosts there may be, those to look at first. */
function fullestRow({ thresholds }: DashboardSettings): Row {
  const most = String(mostShown);
  return {
    title: "The fullest now",
    panels: [
      barsPanel({
        title: "Busiest CPUs",
        description: `The ${most} hosts whose CPUs are busiest over five minutes. A click leads to the host.`,
        unit: "percentunit",
        max: 1,
        queries: { "{{instance}}": topk(mostShown, hosts.cpu) },
        limits: { warning: thresholds.hostCpu },
        links,
      }),
      barsPanel({
        title: "Fullest memories",
        description: `The ${most} hosts that use the greatest share of their memory. A click leads to the host.`,
        unit: "percentunit",
        max: 1,
        queries: { "{{instance}}": topk(mostShown, hosts.memory) },
        limits: { warning: thresholds.hostMemory },
        links,
      }),
      barsPanel({
        title: "Fullest disks",
        description: `The ${most} file systems that use the greatest share of their space. A click leads to the host.`,
        unit: "percentunit",
        max: 1,
        queries: { "{{instance}} {{mountpoint}}": topk(mostShown, filesystems.used) },
        limits: { warning: thresholds.filesystemUsedWarning, critical: thresholds.filesystemUsedCritical },
        links,
      }),
      barsPanel({
        title: "Highest loads per core",
        description: `The ${most} hosts with the most processes that run or wait, for each core. A click leads to the host.`,
        unit: "none",
        queries: { "{{instance}}": topk(mostShown, hosts.loadPerCore) },
        limits: { warning: thresholds.hostLoadPerCore },
        links,
      }),
    ],
  };
}

function diskRow(settings: DashboardSettings): Row {
  const hours = settings.thresholds.filesystemFullWithin;
  return {
    title: "Disks",
    panels: [
      diskSpacePanel(settings, linked),
      barsPanel({
        title: "Disk-full forecast",
        description: `Share of the space that will be used in ${String(hours)} hours, if it grows on as in the last six: the ${String(mostShown)} fullest file systems. Above 100 % the disk is full by then.`,
        unit: "percentunit",
        // Of all hosts at every point in time, it would read six hours of each file system at each.
        queries: { "{{instance}} {{mountpoint}}": topk(mostShown, filesystems.usedIn(hours)) },
        limits: { critical: 1 },
        links,
      }),
    ],
  };
}

function networkRow(settings: DashboardSettings): Row {
  return {
    title: "Network and alerts",
    panels: [
      bothWaysPanel({
        title: "Network",
        description:
          "Bytes per second on the own interfaces of all chosen hosts together: received above the axis, sent below it.",
        unit: "Bps",
        above: { name: "received", query: sum(hosts.received) },
        below: { name: "sent", query: sum(hosts.sent) },
      }),
      alertStatePanel(),
      networkErrorsPanel(settings, linked),
      bothWaysPanel({
        title: "Disk throughput",
        description:
          "Bytes per second on the disks of all chosen hosts together: read above the axis, written below it.",
        unit: "Bps",
        above: { name: "read", query: sum(hosts.read) },
        below: { name: "written", query: sum(hosts.written) },
      }),
    ],
  };
}
