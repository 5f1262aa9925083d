import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  changes,
  count,
  eq,
  gte,
  increase,
  matches,
  max,
  rate,
  ratio,
  select,
  subquery,
  sum,
  variable,
} from "../metrics/promql";
import { containerCpu, containerMemory, perContainer, realContainer } from "../metrics/recorded";
import { bothWaysPanel } from "./both-ways";
import { dashboard, dashboards, type Row } from "./dashboard";
import { orZero } from "./guards";
import { highest, lowest, mostLines } from "./highest";
import { serviceColors, type Colors } from "./palette";
import { statPanel, timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";
import { instanceVariable, labelChoice } from "./variables";

const range = "$__rate_interval";
const own = { job: "cadvisor" } as const;
const onHost = { instance: variable(instanceVariable) } as const;
const name = [realContainer.name, variable("container")] as const;
const recordedOf = { ...onHost, name } as const;
const chosen = { ...own, ...recordedOf } as const;

const running = max(select("container_start_time_seconds", chosen), perContainer);
const health = max(select("container_health_state", chosen), perContainer);
const restarts = changes(subquery(running, "15m", "1m"));
const kills = sum(increase(select("container_oom_events_total", chosen), "1h"), perContainer);

/** The name of a line: the container's, with its host's where there are several. Colours go by what it begins with. */
function legendOf({ severalEngines = false }: DashboardSettings): string {
  return severalEngines ? "{{name}} on {{instance}}" : "{{name}}";
}

/** How the containers do against their limits, and which of them restart or are unhealthy. */
export function containerMetrics(settings: DashboardSettings): Dashboard {
  const colors = serviceColors(settings.services);
  const legend = legendOf(settings);
  return dashboard({
    uid: "container-metrics",
    title: dashboards["container-metrics"],
    description: `Whether the containers have room below their limits, and whether they keep running. A graph shows at most ${String(mostLines)}: those with the worst values.`,
    settings,
    variables: [
      labelChoice(instanceVariable, "Host", { label: "instance", series: select("up", own) }),
      labelChoice("container", "Container", {
        label: "name",
        series: select("container_start_time_seconds", { ...own, ...onHost, ...realContainer }),
      }),
    ],
    alerts: { alertname: matches("Container.*"), ...onHost },
    rows: [
      first(settings),
      limitRow(settings, legend, colors),
      networkRow(legend),
      lifeRow(settings, legend, colors),
      absoluteRow(legend, colors),
    ],
  });
}

function first({ thresholds }: DashboardSettings): Row {
  return {
    panels: [
      statPanel({
        title: "Containers",
        description: "Containers that run.",
        unit: "none",
        queries: { containers: count(running) },
      }),
      statPanel({
        title: "Unhealthy",
        description: "Containers whose health check fails, or has not succeeded yet.",
        unit: "none",
        queries: { unhealthy: orZero(count(eq(health, 0)), count(running)) },
        limits: { warning: 1 },
      }),
      statPanel({
        title: "Most restarts",
        description: "The most restarts of one container within 15 minutes.",
        unit: "none",
        queries: { restarts: max(restarts) },
        limits: { warning: 1, critical: thresholds.containerRestarts + 1 },
      }),
      statPanel({
        title: "OOM kills",
        description:
          "Processes of containers that the kernel ended in the last hour, as there was no memory left.",
        unit: "none",
        queries: { kills: sum(kills) },
        limits: { warning: 1 },
      }),
      statPanel({
        title: "Highest memory",
        description:
          "The greatest share of its memory limit that a container uses; those without a limit do not count.",
        unit: "percentunit",
        queries: { memory: max(select(containerMemory, recordedOf)) },
        limits: { warning: thresholds.containerMemory },
        noValue: "No limits",
      }),
      statPanel({
        title: "Highest CPU",
        description:
          "The greatest share of its CPU limit that a container uses; those without a limit do not count.",
        unit: "percentunit",
        queries: { cpu: max(select(containerCpu, recordedOf)) },
        limits: { warning: thresholds.containerCpu },
        noValue: "No limits",
      }),
    ],
  };
}

function limitRow({ thresholds }: DashboardSettings, legend: string, colors: Colors): Row {
  const throttled = sum(
    rate(select("container_cpu_cfs_throttled_periods_total", chosen), range),
    perContainer,
  );
  const periods = sum(rate(select("container_cpu_cfs_periods_total", chosen), range), perContainer);
  return {
    title: "Against the limits",
    panels: [
      timeseriesPanel({
        title: "CPU of limit",
        description:
          "CPU time over five minutes as a share of each container's limit; those without one are left out.",
        unit: "percentunit",
        span: 8,
        queries: { [legend]: highest(select(containerCpu, recordedOf)) },
        limits: { warning: thresholds.containerCpu },
        colors,
      }),
      timeseriesPanel({
        title: "Memory of limit",
        description:
          "Memory that cannot be given back, as a share of each container's limit; those without one are left out.",
        unit: "percentunit",
        span: 8,
        queries: { [legend]: highest(select(containerMemory, recordedOf)) },
        limits: { warning: thresholds.containerMemory },
        colors,
      }),
      timeseriesPanel({
        title: "Throttling",
        description: "Share of the periods in which a container was held back by its CPU limit.",
        unit: "percentunit",
        span: 8,
        queries: { [legend]: highest(ratio(throttled, periods)) },
        limits: { warning: thresholds.containerThrottled },
        colors,
      }),
    ],
  };
}

function networkRow(legend: string): Row {
  const received = sum(rate(select("container_network_receive_bytes_total", chosen), range), perContainer);
  const sent = sum(rate(select("container_network_transmit_bytes_total", chosen), range), perContainer);
  const dropped = [
    rate(select("container_network_receive_packets_dropped_total", chosen), range),
    rate(select("container_network_transmit_packets_dropped_total", chosen), range),
  ] as const;
  return {
    title: "Network",
    panels: [
      bothWaysPanel({
        title: "Network traffic",
        description: "Bytes per second of each container: received above the axis, sent below it.",
        unit: "Bps",
        of: legend,
        above: { name: "received", query: highest(received) },
        below: { name: "sent", query: highest(sent) },
      }),
      bothWaysPanel({
        title: "Dropped packets",
        description:
          "Packets per second of each container that were dropped: received above the axis, sent below it.",
        unit: "pps",
        of: legend,
        above: { name: "received", query: highest(sum(dropped[0], perContainer)) },
        below: { name: "sent", query: highest(sum(dropped[1], perContainer)) },
      }),
    ],
  };
}

function lifeRow({ thresholds }: DashboardSettings, legend: string, colors: Colors): Row {
  return {
    title: "Life",
    panels: [
      timeseriesPanel({
        title: "Restarts",
        description: "How often each container was started again within the 15 minutes before.",
        unit: "none",
        span: 8,
        queries: { [legend]: highest(restarts) },
        limits: { critical: thresholds.containerRestarts + 1 },
        colors,
      }),
      timeseriesPanel({
        title: "Out of memory",
        description: "Processes of each container that the kernel ended within the hour before.",
        unit: "none",
        span: 8,
        queries: { [legend]: highest(kills) },
        colors,
      }),
      timeseriesPanel({
        title: "Health checks",
        description:
          "Result of each container's health check: 1 healthy, 0 unhealthy. Those without one are left out.",
        unit: "none",
        span: 8,
        max: 1,
        queries: { [legend]: lowest(gte(health, 0)) },
        colors,
      }),
    ],
  };
}

function absoluteRow(legend: string, colors: Colors): Row {
  return {
    title: "Use, with and without limits",
    folded: true,
    panels: [
      timeseriesPanel({
        title: "CPU cores",
        description: "Cores that each container uses.",
        unit: "none",
        queries: {
          [legend]: highest(
            sum(rate(select("container_cpu_usage_seconds_total", chosen), range), perContainer),
          ),
        },
        colors,
      }),
      timeseriesPanel({
        title: "Working set",
        description: "Memory of each container that cannot be given back.",
        unit: "bytes",
        queries: {
          [legend]: highest(max(select("container_memory_working_set_bytes", chosen), perContainer)),
        },
        colors,
      }),
    ],
  };
}
