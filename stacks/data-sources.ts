import type { Environment } from "../environments";

/** Uids of Grafana's data sources. They stand in links that people keep, and so never change. */
export const dataSources = {
  prometheus: "prometheus",
  jaeger: "jaeger",
  alertmanager: "alertmanager",
  cloudwatch: "cloudwatch",
} as const;

/** Uids of the data sources of an environment. Grafana asks CloudWatch only where it has credentials for that. */
export function dataSourceUidsOf({ grafana }: Environment): readonly string[] {
  return Object.values(dataSources).filter(
    (uid) => uid !== dataSources.cloudwatch || grafana.awsCredentials !== undefined,
  );
}
