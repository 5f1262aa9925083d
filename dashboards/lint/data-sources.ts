import type { DashboardJson, DataSourceJson } from "./json-schema";
import { variableThatIs } from "./variables";

/** Grafana's own, which every installation has. None of them is asked PromQL. */
const builtIn: ReadonlySet<string> = new Set(["-- Grafana --", "grafana", "-- Dashboard --", "__expr__"]);
const mixed = "-- Mixed --";

/** Types of data sources that are asked PromQL. */
const prometheusTypes: ReadonlySet<string> = new Set([
  "prometheus",
  "grafana-amazonprometheus-datasource",
  "grafana-azureprometheus-datasource",
]);

/** Types that give the name of a data source away where nothing else is said. */
const otherTypes: ReadonlySet<string> = new Set([
  "cloudwatch",
  "elasticsearch",
  "graphite",
  "influxdb",
  "jaeger",
  "loki",
  "mysql",
  "opensearch",
  "opentsdb",
  "postgres",
  "postgresql",
  "pyroscope",
  "tempo",
  "zipkin",
]);

/** The uid of a data source, or its name in dashboards from before Grafana 8; "" for the default one. */
export function uidOf(dataSource: DataSourceJson): string {
  return (typeof dataSource === "string" ? dataSource : dataSource?.uid) ?? "";
}

/** Whether a data source is one of Grafana's own. */
export function isBuiltIn(dataSource: DataSourceJson): boolean {
  return builtIn.has(uidOf(dataSource));
}

/** Whether a panel leaves the choice to each of its targets. */
export function isMixed(dataSource: DataSourceJson): boolean {
  return uidOf(dataSource) === mixed;
}

/** Knows the types of a dashboard's data sources. */
export class DataSourceTypes {
  /** By the name of the variable, or of the question that Grafana asks at an import. */
  private readonly types: ReadonlyMap<string, string>;

  constructor({ templating, __inputs: inputs }: Pick<DashboardJson, "templating" | "__inputs">) {
    const variables = (templating?.list ?? []).filter(({ type }) => type === "datasource");
    this.types = new Map([
      ...(inputs ?? []).map(({ name, pluginId }) => [name ?? "", pluginId ?? ""] as const),
      ...variables.map(({ name, query }) => [name, typeof query === "string" ? query : ""] as const),
    ]);
  }

  /** Whether a data source is asked PromQL. Where its type is said nowhere, it is taken for a Prometheus. */
  isPrometheus(dataSource: DataSourceJson): boolean {
    if (isBuiltIn(dataSource)) return false;
    const type = this.typeOf(dataSource);
    return type === undefined || prometheusTypes.has(type);
  }

  /** Whether a target's queries are PromQL: its own data source decides, else that of its panel. */
  asksPrometheus(target: DataSourceJson, panel: DataSourceJson): boolean {
    const isOwn = target !== undefined && target !== null && !isMixed(target);
    return this.isPrometheus(isOwn ? target : isMixed(panel) ? undefined : panel);
  }

  /** The type that a variable has, else the one that is written, else what the name says. */
  private typeOf(dataSource: DataSourceJson): string | undefined {
    const uid = uidOf(dataSource);
    const ofVariable = this.types.get(variableThatIs(uid) ?? "");
    if (ofVariable) return ofVariable;
    const written = typeof dataSource === "string" ? undefined : dataSource?.type;
    if (written) return written;
    return otherTypes.has(uid.toLowerCase()) ? uid.toLowerCase() : undefined;
  }
}
