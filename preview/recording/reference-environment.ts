import { parseEnvironment, type Environment } from "../../environments";
import { knownTraffic } from "../../shop/known-traffic";

/**
 * The environment whose dashboards and rules the pictures show: the services of the known traffic with every number as it is by
 * default. It is none of those that are deployed.
 */
export function referenceEnvironment(): Environment {
  return parseEnvironment(
    {
      project: "microservices-monitoring",
      name: "reference",
      runbooksUrl: "https://github.com/your-organisation/microservices-monitoring/blob/main/docs/runbooks",
      services: knownTraffic.services.map((name, index) => ({
        name,
        image: `example.com/${name}:1.0.0`,
        port: 3000 + index,
        healthCheck: ["node", "healthcheck.js"],
      })),
      aws: { region: "eu-central-1" },
      machines: {
        aws: {
          target: { kind: "instances", instanceIds: ["i-0123456789abcdef0"] },
          detailedMonitoring: true,
        },
        others: [{ name: "docker-host-2", address: "docker-host-2" }],
      },
      cloudwatch: {
        alarms: {
          highCpu: { periodSeconds: 120, evaluationPeriods: 2, missingData: "missing" },
          statusCheckFailed: { periodSeconds: 60, evaluationPeriods: 2, missingData: "missing" },
        },
        subscriptions: {
          critical: { nobody: "It is deployed nowhere." },
          warning: { nobody: "It is deployed nowhere." },
        },
        noHeartbeat: "It is deployed nowhere.",
      },
      prometheus: { url: "http://127.0.0.1:9090" },
      grafana: { url: "http://127.0.0.1:3300", timezone: "utc" },
      alerting: {
        url: "http://127.0.0.1:9093",
        objectives: { windowDays: 7 },
        receivers: [{ kind: "slack", name: "slack-team", channel: "#alerts" }],
        noHeartbeat: "It is deployed nowhere.",
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
