import { gt, matches, select, sum, variable } from "../metrics/promql";
import { instanceVariable } from "./variables";

/** The range of rates in graphs. */
export const range = "$__rate_interval";
/** The targets that the reader chose. */
export const chosen = { job: variable("job"), instance: variable(instanceVariable) } as const;
/** Prometheus on itself: whichever targets the reader chose. */
export const prometheus = { job: "prometheus", instance: variable("prometheus") } as const;

export const any = matches(".+");
export const alertmanager = { job: "alertmanager", instance: any } as const;
export const grafana = { job: "grafana", instance: any } as const;
export const logShipper = { job: "log-shipper", instance: any } as const;
export const jaeger = { job: "jaeger", instance: any } as const;
export const edge = { job: "edge", instance: any } as const;
export const loki = { job: "loki", instance: any } as const;

export const up = select("up", chosen);
/** Series that Prometheus holds in memory. */
export const series = sum(select("prometheus_tsdb_head_series", prometheus));
/** Bytes of its blocks, and how many there may be; none where there is no limit. */
export const stored = sum(select("prometheus_tsdb_storage_blocks_bytes", prometheus));
export const storedLimit = gt(sum(select("prometheus_tsdb_retention_limit_bytes", prometheus)), 0);
