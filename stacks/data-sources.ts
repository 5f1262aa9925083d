import type { Environment } from "../environments";

/** Uids of Grafana's data sources. They stand in links that people keep, and so never change. */
export const dataSources = {
  prometheus: "prometheus",
  jaeger: "jaeger",
  loki: "loki",
  alertmanager: "alertmanager",
  cloudwatch: "cloudwatch",
} as const;

/** Uids of the data sources of an environment. Grafana asks CloudWatch only where it has credentials for that. */
export function dataSourceUidsOf({ grafana, loki }: Environment): readonly string[] {
  const isThere: Readonly<Partial<Record<string, boolean>>> = {
    [dataSources.cloudwatch]: grafana.awsCredentials !== undefined,
    [dataSources.loki]: loki !== undefined,
  };
  return Object.values(dataSources).filter((uid) => isThere[uid] ?? true);
}
