import { parseEnvironment, type Environment } from "../../environments";
import type { Service } from "../../shop/metrics/services";

/** The services of the reference system: what a team adds to the catalogue makes no picture old. */
export const referenceServices = [
  "api-gateway",
  "product-service",
  "auth-service",
  "order-service",
] as const satisfies readonly Service[];

/**
 * The environment whose dashboards and rules the pictures show: the four services with every number as it is by
 * default. It is none of those that are deployed.
 */
export function referenceEnvironment(): Environment {
  return parseEnvironment(
    {
      project: "microservices-monitoring",
      name: "reference",
      runbooksUrl: "https://github.com/your-organisation/microservices-monitoring/blob/main/docs/runbooks",
      services: referenceServices.map((name, index) => ({
        name,
        image: `example.com/${name}:1.0.0`,
        port: 3000 + index,
        healthCheck: ["node", "healthcheck.js"],
      })),
      aws: { region: "eu-central-1" },
      cloudwatch: {
        target: { kind: "instances", instanceIds: ["i-0123456789abcdef0"] },
        detailedMonitoring: true,
        alarms: {
          highCpu: { thresholdPercent: 80, periodSeconds: 120, evaluationPeriods: 2, missingData: "missing" },
          statusCheckFailed: { periodSeconds: 60, evaluationPeriods: 2, missingData: "missing" },
          errorLines: { count: 10, periodSeconds: 300, evaluationPeriods: 1, missingData: "notBreaching" },
        },
        logs: { retentionDays: 1 },
        subscriptions: { critical: [], warning: [] },
      },
      prometheus: { url: "http://127.0.0.1:9090" },
      grafana: { url: "http://127.0.0.1:3300", timezone: "utc" },
      alerting: {
        url: "http://127.0.0.1:9093",
        objectives: { windowDays: 7 },
        receivers: [{ kind: "slack", name: "slack-team", channel: "#alerts" }],
        defaultReceiver: "slack-team",
        routes: [
          { severity: "critical", receivers: ["slack-team"] },
          { severity: "warning", receivers: ["slack-team"] },
        ],
      },
    },
    "preview/recording/reference-environment.ts",
  );
}
