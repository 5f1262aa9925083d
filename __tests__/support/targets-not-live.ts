import type { dashboards } from "../../dashboards/dashboard";
import type { titles } from "../../shop/dashboards/titles";

/** Why a query has no data on a system that has run for some minutes on one machine without containers. */
export const reasons = {
  cadvisor: "cAdvisor needs a Docker engine with containers",
  grafana: "Grafana's own metrics need a Grafana that runs",
  jaeger: "Jaeger's own metrics need a Jaeger that runs",
  spanMetrics: "calls between services are counted by a Jaeger that runs",
  logShipper: "the log shipper needs a Docker engine with containers",
  loki: "Loki's own metrics need a Loki that runs",
  weekBefore: "the system has not run for a week",
  swap: "the machine may have no swap",
  packets: "the machine's own network may carry no packet meanwhile, and a share of none is none",
  pressure: "the machine's kernel may have no pressure stall information",
  connections: "the machine's firewall may track no connections",
  diskReads: "the machine's disks may have nothing to read or write meanwhile, and a mean of none is none",
  diskFilling: "it says something only while free space shrinks, which the machine decides",
} as const;

/** Name of such a reason. */
export type Reason = keyof typeof reasons;

/** Of these nobody can say whether the machine has them; the others must be empty, or they are no exceptions. */
export const uncertain: ReadonlySet<Reason> = new Set([
  "swap",
  "packets",
  "pressure",
  "connections",
  "diskReads",
  "diskFilling",
]);

type Uid = keyof typeof dashboards | keyof typeof titles;
type Exceptions = Readonly<Partial<Record<Reason, readonly string[]>>>;

/** The queries that a running system cannot fill, by dashboard that has some: title of the panel and letter. */
export const targetsNotLive: Readonly<Partial<Record<Uid, Exceptions>>> = {
  "business-metrics": {
    weekBefore: [
      "Orders in an hour: B",
      "Revenue in an hour: B",
      "Conversion: B",
      "Active users now: B",
      "Failing orders: B",
      "Products running low: B",
      "Orders per hour: B",
      "Revenue per hour: B",
      "Product views per hour: B",
      "Conversion rate: B",
      "Active users: B",
      "Failed orders by reason: B",
      "Active orders by status: B",
      "Order values: C",
      "Mean order value: B",
      "Products running low over time: B",
      "Least stock: B",
    ],
  },
  "service-health": {
    spanMetrics: ["Calls: A", "Failed calls: A", "Call time p95: A"],
  },
  "infrastructure-overview": {
    packets: ["Network errors: A"],
    diskFilling: ["First disk full in: A"],
  },
  machine: {
    swap: ["Swap: A"],
    packets: ["Network errors: A"],
    pressure: ["Time spent waiting: A", "Time spent waiting: B", "Time spent waiting: C"],
    connections: ["Tracked connections: A"],
    diskReads: ["Time of a read or write: A", "Time of a read or write: B"],
    diskFilling: ["First disk full in: A"],
  },
  "container-metrics": {
    cadvisor: [
      "Containers: A",
      "Unhealthy: A",
      "Most restarts: A",
      "OOM kills: A",
      "Highest memory: A",
      "Highest CPU: A",
      "CPU of limit: A",
      "Memory of limit: A",
      "Throttling: A",
      "Network traffic: A",
      "Network traffic: B",
      "Dropped packets: A",
      "Dropped packets: B",
      "Restarts: A",
      "Out of memory: A",
      "Health checks: A",
      "CPU cores: A",
      "Working set: A",
    ],
  },
  monitoring: {
    grafana: ["Grafana errors: A", "Failed questions to data sources: A", "Answers of data sources: A"],
    jaeger: [
      "Spans: A",
      "Spans: B",
      "Spans: C",
      "Spans: D",
      "Spans: E",
      "Memory of Jaeger: A",
      "Mean time to find traces: A",
      "Failed questions for traces: A",
    ],
    logShipper: [
      "Log lines on their way: A",
      "Log lines on their way: B",
      "Log lines lost: A",
      "Room for waiting log lines: A",
      "Retries of log lines: A",
    ],
    loki: [
      "Lines to Loki: A",
      "Lines to Loki: B",
      "Bytes of lines: A",
      "Failed requests of Loki: A",
      "Streams: A",
    ],
  },
};

/** The reason for which a query cannot be filled; undefined for one that can. */
export function reasonOf(uid: string, target: string): Reason | undefined {
  const exceptions = (targetsNotLive as Readonly<Record<string, Exceptions>>)[uid] ?? {};
  const found = Object.entries(exceptions).find(([, targets]) => targets.includes(target));
  return found?.[0] as Reason | undefined;
}

/** All queries that cannot be filled, `uid/panel: letter`, for one of the reasons or for any. */
export function allNotLive(only?: ReadonlySet<Reason>): string[] {
  return Object.entries(targetsNotLive).flatMap(([uid, exceptions]) =>
    Object.entries(exceptions).flatMap(([reason, targets]) =>
      only === undefined || only.has(reason as Reason) ? targets.map((target) => `${uid}/${target}`) : [],
    ),
  );
}
