import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { avg, count, lt, max, not, select, sub, variable } from "../metrics/promql";
import { dashboard, dashboards, type Row } from "./dashboard";
import { orZero } from "./guards";
import { agentRow } from "./monitoring-agents";
import { clusterRow } from "./monitoring-cluster";
import { edgeRow } from "./monitoring-edge";
import { deliveryRow, notificationFailures } from "./monitoring-delivery";
import { grafanaRow } from "./monitoring-grafana";
import { jaegerRow } from "./monitoring-jaeger";
import { logRow } from "./monitoring-logs";
import { lokiRow } from "./monitoring-loki";
import { ruleRow, storageRow } from "./monitoring-prometheus";
import { prometheus, series, stored, storedLimit, up } from "./monitoring-queries";
import { remoteWriteRow } from "./monitoring-remote-write";
import { scrapeRow, seriesRow } from "./monitoring-scrapes";
import { statPanel } from "./panels";
import type { DashboardSettings } from "./settings";
import { instanceVariable, labelChoice } from "./variables";

/** Whether the monitoring itself can be relied on: scrapes, series, rules, notifications, storage. */
export function monitoring(settings: DashboardSettings): Dashboard {
  return dashboard({
    uid: "monitoring",
    title: dashboards.monitoring,
    description: "Whether what watches can be relied on: scrapes, rules, notifications and room for more.",
    settings,
    variables: [
      labelChoice("job", "Job", { label: "job", series: select("up") }),
      labelChoice(instanceVariable, "Instance", {
        label: "instance",
        series: select("up", { job: variable("job") }),
      }),
      labelChoice("prometheus", "Prometheus", {
        label: "instance",
        series: select("up", { job: "prometheus" }),
      }),
    ],
    since: "6h",
    rows: [
      first(settings),
      scrapeRow(),
      seriesRow(),
      ruleRow(),
      deliveryRow(settings),
      clusterRow(),
      remoteWriteRow(settings),
      agentRow(settings),
      storageRow(),
      grafanaRow(settings),
      jaegerRow(),
      logRow(settings),
      lokiRow(settings),
      edgeRow(settings),
    ],
  });
}

function first({ thresholds }: DashboardSettings): Row {
  return {
    panels: [
      statPanel({
        title: "Targets up",
        description: "Share of the chosen targets that answered the last scrape.",
        unit: "percentunit",
        queries: { up: avg(up) },
        limits: { bad: "below", warning: 1 },
      }),
      statPanel({
        title: "Targets down",
        description: "Chosen targets that did not answer the last scrape.",
        unit: "none",
        queries: { down: orZero(count(lt(up, 1)), count(up)) },
        limits: { warning: 1 },
      }),
      statPanel({
        title: "Series",
        description: "Series that Prometheus holds in memory.",
        unit: "short",
        queries: { series },
      }),
      statPanel({
        title: "Alerts firing now",
        description: "Alerts that fire now, but for those that nobody is told of, such as the Watchdog.",
        unit: "none",
        queries: {
          alerts: orZero(
            count(select("ALERTS", { alertstate: "firing", severity: not("none") })),
            count(select("prometheus_build_info", prometheus)),
          ),
        },
        limits: { warning: 1 },
      }),
      statPanel({
        title: "Failed notifications",
        description: "Share of the notifications that Alertmanager could not deliver in the last hour.",
        unit: "percentunit",
        queries: { failed: max(notificationFailures("1h")) },
        limits: { critical: thresholds.notificationFailures },
        noValue: "None sent",
      }),
      statPanel({
        title: "Storage left",
        description:
          "Bytes until the oldest samples are deleted to make room; nothing where there is no limit by size.",
        unit: "bytes",
        queries: { left: sub(storedLimit, stored) },
        noValue: "No limit",
      }),
    ],
  };
}
