import type { EnvironmentInput } from "./environment";

/** What is the same in every environment of this project: its name, its runbooks, its services. */
export const shared = {
  project: "microservices-monitoring",
  runbooksUrl: "https://github.com/your-organisation/microservices-monitoring/blob/main/docs/runbooks",
  services: [
    { name: "api-gateway", port: 3000 },
    { name: "product-service", port: 3001 },
    { name: "auth-service", port: 3002 },
    { name: "order-service", port: 3003 },
  ],
} satisfies Partial<EnvironmentInput>;

/** Alert routing by severity: critical alerts at once to whoever is on call, warnings to the team. */
export const routing = {
  defaultReceiver: "discord-alerts",
  routes: [
    {
      severity: "critical",
      receivers: ["slack-critical", "email-ops"],
      groupWait: "0s",
      groupInterval: "1m",
      repeatInterval: "1h",
    },
    { severity: "warning", receivers: ["discord-alerts"] },
  ],
} satisfies Partial<EnvironmentInput["alerting"]>;
