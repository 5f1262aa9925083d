import type { Labels } from "../../../alerts/routing/matcher";

/** The environments of this project. */
type EnvironmentName = "local" | "dev" | "staging" | "prod";

/** Who is told, as people speak of them, with their receivers in each environment. */
export const audiences = {
  onCall: {
    local: ["slack-critical", "email-ops", "pagerduty-on-call", "webhook-incidents"],
    dev: ["slack-critical", "email-ops"],
    staging: ["slack-critical", "email-ops"],
    prod: ["slack-critical", "email-ops", "pagerduty-on-call"],
  },
  team: {
    local: ["slack-team", "discord-alerts", "msteams-team"],
    dev: ["slack-team", "discord-alerts"],
    staging: ["slack-team", "discord-alerts"],
    prod: ["slack-team", "discord-alerts"],
  },
  checkoutTeam: {
    local: ["slack-team", "discord-alerts", "msteams-team"],
    dev: ["slack-team", "discord-alerts"],
    staging: ["slack-team", "discord-alerts"],
    prod: ["msteams-checkout", "slack-team"],
  },
  heartbeat: { local: ["heartbeat"], dev: ["nobody"], staging: ["heartbeat"], prod: ["heartbeat"] },
  nobody: { local: ["nobody"], dev: ["nobody"], staging: ["nobody"], prod: ["nobody"] },
  /** Of what no route takes. */
  fallback: { local: ["slack-team"], dev: ["slack-team"], staging: ["slack-team"], prod: ["slack-team"] },
} as const satisfies Readonly<Record<string, Readonly<Record<EnvironmentName, readonly string[]>>>>;

/** An alert and whom it must reach. */
export interface Expectation {
  /** Its labels; `environment` comes with the environment. */
  readonly labels: Labels;
  readonly audience: keyof typeof audiences;
}

/** @param severity none where it is empty */
function expectation(
  audience: keyof typeof audiences,
  severity: string,
  alertname: string,
  service?: string,
  others: Labels = {},
): Expectation {
  const labels = {
    alertname,
    ...(severity !== "" && { severity }),
    ...(service !== undefined && { service }),
    ...others,
  };
  return { audience, labels };
}

const host = { instance: "10.0.0.7:9100" };

/** Whom the alerts must reach, in every environment. The tests hold the routes against it, and the documentation shows it. */
export const expectations: readonly Expectation[] = [
  expectation("heartbeat", "none", "Watchdog"),
  expectation("heartbeat", "none", "Watchdog", "prometheus"),

  expectation("onCall", "critical", "ServiceDown", "api-gateway"),
  expectation("onCall", "critical", "ServiceDown", "order-service"),
  expectation("onCall", "critical", "ServiceAbsent", "auth-service"),
  expectation("team", "warning", "ServiceInstancesDown", "product-service"),
  expectation("checkoutTeam", "warning", "ServiceInstancesDown", "order-service"),
  expectation("team", "warning", "TargetWithoutMetrics", "auth-service", { instance: "auth-service:3002" }),
  expectation("onCall", "critical", "HighErrorRatio", "api-gateway"),
  expectation("team", "warning", "HighErrorRatio", "api-gateway"),
  expectation("onCall", "critical", "HighErrorRatio", "order-service"),
  expectation("checkoutTeam", "warning", "HighErrorRatio", "order-service"),
  expectation("onCall", "critical", "HighLatency", "product-service"),
  expectation("team", "warning", "HighLatency", "product-service"),
  expectation("checkoutTeam", "warning", "HighLatency", "order-service"),
  expectation("team", "warning", "HighLatency", "a-team-s-own-service"),
  expectation("onCall", "critical", "HighErrorRatio", "a-team-s-own-service"),

  expectation("onCall", "critical", "AvailabilityBudgetBurn", "auth-service", { objective: "availability" }),
  expectation("team", "warning", "AvailabilityBudgetBurn", "auth-service", { objective: "availability" }),
  expectation("onCall", "critical", "LatencyBudgetBurn", "order-service", { objective: "latency" }),
  expectation("checkoutTeam", "warning", "LatencyBudgetBurn", "order-service", { objective: "latency" }),

  expectation("onCall", "critical", "NoOrders", "order-service"),
  expectation("onCall", "critical", "OrdersFailing", "order-service"),
  expectation("checkoutTeam", "warning", "ConversionDrop", "order-service"),
  expectation("team", "warning", "StockRunningLow", "product-service", { product_name: "Backpack" }),

  expectation("team", "warning", "HostHighCpu", "node-exporter", host),
  expectation("team", "warning", "HostHighLoad", "node-exporter", host),
  expectation("team", "warning", "HostHighMemory", "node-exporter", host),
  expectation("team", "warning", "HostMajorPageFaults", "node-exporter", host),
  expectation("onCall", "critical", "HostOomKill", "node-exporter", host),
  expectation("team", "warning", "HostSwapUsed", "node-exporter", host),
  expectation("team", "warning", "HostNetworkErrors", "node-exporter", { ...host, device: "eth0" }),
  expectation("team", "warning", "HostClockSkew", "node-exporter", host),
  expectation("team", "warning", "HostClockNotSynchronised", "node-exporter", host),
  expectation("team", "warning", "HostFileDescriptorsLow", "node-exporter", host),
  expectation("team", "warning", "HostFilesystemFillingUp", "node-exporter", { ...host, mountpoint: "/" }),
  expectation("team", "warning", "HostFilesystemAlmostFull", "node-exporter", { ...host, mountpoint: "/" }),
  expectation("onCall", "critical", "HostFilesystemAlmostFull", "node-exporter", {
    ...host,
    mountpoint: "/",
  }),
  expectation("team", "warning", "HostInodesLow", "node-exporter", { ...host, mountpoint: "/srv" }),

  expectation("team", "warning", "ContainerMemoryNearLimit", "grafana", { name: "grafana" }),
  expectation("checkoutTeam", "warning", "ContainerMemoryNearLimit", "order-service", {
    name: "order-service",
  }),
  expectation("team", "warning", "ContainerThrottled", "api-gateway", { name: "api-gateway" }),
  expectation("onCall", "critical", "ContainerRestarting", "order-service", { name: "order-service" }),
  expectation("team", "warning", "ContainerCpuNearLimit", "prometheus", { name: "prometheus" }),
  expectation("team", "warning", "ContainerOomKilled", "product-service", { name: "product-service" }),
  expectation("team", "warning", "ContainerUnhealthy", "jaeger", { name: "jaeger" }),

  expectation("team", "warning", "MonitoringTargetDown", "cadvisor"),
  expectation("team", "warning", "MonitoringTargetAbsent", "grafana"),

  expectation("team", "warning", "PrometheusConfigReloadFailed", "prometheus"),
  expectation("onCall", "critical", "PrometheusRuleFailures", "prometheus"),
  expectation("onCall", "critical", "PrometheusNotConnectedToAlertmanager", "prometheus"),
  expectation("onCall", "critical", "PrometheusErrorSendingAlerts", "prometheus"),
  expectation("onCall", "critical", "PrometheusNotIngesting", "prometheus"),
  expectation("onCall", "critical", "AlertmanagerFailedNotifications", "alertmanager"),
  expectation("team", "warning", "AlertmanagerConfigReloadFailed", "alertmanager"),
  expectation("team", "warning", "GrafanaErrors", "grafana"),

  expectation("nobody", "info", "DeploymentFinished", "order-service"),
  expectation("nobody", "info", "DeploymentFinished", "api-gateway"),
  expectation("nobody", "none", "InfoInhibitor"),
  expectation("fallback", "", "AlertWithoutSeverity", "order-service"),
  expectation("fallback", "page", "AlertOfAnotherSeverity", "api-gateway"),
];

/** The receivers that an alert must reach in an environment of this project. */
export function expectedReceivers({ audience }: Expectation, environment: string): readonly string[] {
  const receivers: Readonly<Record<string, readonly string[]>> = audiences[audience];
  return receivers[environment] ?? [];
}
