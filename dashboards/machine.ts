import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { select } from "../metrics/promql";
import { bothWaysPanel } from "./both-ways";
import { dashboard, dashboards, type Row } from "./dashboard";
import {
  alertStatePanel,
  diskSpacePanel,
  every,
  hostAlerts,
  hostNumbers,
  hostsDown,
  loadRow,
  networkErrorsPanel,
} from "./host-panels";
import { filesystems, hosts } from "./host-queries";
import { detailRow, waitingRow } from "./machine-details";
import { dataSourceVariable } from "./panel-options";
import { statPanel, timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";
import { instanceVariable, labelChoice } from "./variables";

/** Leads from a series of a host to its page, at the same time. */
export const linkToMachine = {
  title: "This machine",
  url: `/d/machine?\${${dataSourceVariable}:queryparam}&var-${instanceVariable}=\${__field.labels.instance}&\${__url_time_range}`,
} as const;

/** All that is known of one machine, or of some beside one another. */
export function machine(settings: DashboardSettings): Dashboard {
  const host = { label: "instance", series: select("up", { job: "node-exporter" }) } as const;
  return dashboard({
    uid: "machine",
    title: dashboards.machine,
    description:
      "What a machine does and lacks: CPU, memory, disks, network, and what its processes wait for.",
    settings,
    variables: [labelChoice(instanceVariable, "Machine", host, { withAll: false })],
    alerts: hostAlerts,
    since: "6h",
    rows: [
      first(settings),
      loadRow(settings, every),
      diskRow(settings),
      networkRow(settings),
      waitingRow(),
      detailRow(settings),
    ],
  });
}

function first(settings: DashboardSettings): Row {
  return {
    panels: [
      statPanel({
        title: "Down",
        description: "Machines of those chosen that did not answer the last scrape.",
        unit: "none",
        queries: { down: hostsDown },
        limits: { critical: 1 },
      }),
      ...hostNumbers(settings),
    ],
  };
}

function diskRow(settings: DashboardSettings): Row {
  const hours = settings.thresholds.filesystemFullWithin;
  return {
    title: "Disks",
    panels: [
      diskSpacePanel(settings, every),
      timeseriesPanel({
        title: "Disk-full forecast",
        description: `Share of the space that will be used in ${String(hours)} hours, if it grows on as in the last six. Above 100 % the disk is full by then.`,
        unit: "percentunit",
        queries: { "{{instance}} {{mountpoint}}": filesystems.usedIn(hours) },
        limits: { critical: 1 },
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
          "Bytes per second on the machine's own interfaces: received above the axis, sent below it.",
        unit: "Bps",
        of: "{{instance}}",
        above: { name: "received", query: hosts.received },
        below: { name: "sent", query: hosts.sent },
      }),
      alertStatePanel(),
      networkErrorsPanel(settings, every),
      bothWaysPanel({
        title: "Disk throughput",
        description: "Bytes per second: read above the axis, written below it.",
        unit: "Bps",
        of: "{{instance}}",
        above: { name: "read", query: hosts.read },
        below: { name: "written", query: hosts.written },
      }),
    ],
  };
}
