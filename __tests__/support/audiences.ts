import { toldAlerts } from "../../review/documents/told-alerts";
import type { Labels } from "../../alerts/routing/matcher";
import type { Environment } from "../../environments";

/** Who is told in this project's environments, as people speak of them, with their receivers in each. */
const audiences = {
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
} as const satisfies Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

type Audience = keyof typeof audiences;

/** An alert and the receivers that it must reach. */
export interface Expectation {
  readonly labels: Labels;
  readonly receivers: readonly string[];
}

/** Whom an alert must reach, by what it is: the owners' wishes, said without the routes. */
function audienceOf({ alertname, severity, service }: Labels): Audience {
  if (alertname === "Watchdog") return "heartbeat";
  switch (severity) {
    case "critical":
      return "onCall";
    case "warning":
      return service === "order-service" ? "checkoutTeam" : "team";
    case "info":
    case "none":
      return "nobody";
    default:
      return "fallback";
  }
}

/** Alerts that no rule of this project has, and that come all the same: from rules of a team's own. */
const strangers: readonly Labels[] = [
  { alertname: "HighLatency", severity: "warning", service: "a-team-s-own-service" },
  { alertname: "HighErrorRatio", severity: "critical", service: "a-team-s-own-service" },
  { alertname: "Watchdog", severity: "none" },
  { alertname: "DeploymentFinished", severity: "info", service: "order-service" },
  { alertname: "DeploymentFinished", severity: "info", service: "api-gateway" },
  { alertname: "InfoInhibitor", severity: "none" },
  { alertname: "AlertWithoutSeverity", service: "order-service" },
  { alertname: "AlertOfAnotherSeverity", severity: "page", service: "api-gateway" },
];

/** Whom each alert must reach in an environment of this project: those of its rules, and some that it does not know. */
export function expectationsOf(environment: Environment): readonly Expectation[] {
  const ruled = toldAlerts(environment).map(({ alert, severity, service }) => ({
    alertname: alert,
    severity,
    service,
  }));
  return [...ruled, ...strangers].map((labels) => {
    const byEnvironment: Readonly<Record<string, readonly string[]>> = audiences[audienceOf(labels)];
    return {
      labels: { ...labels, environment: environment.name },
      receivers: byEnvironment[environment.name] ?? [],
    };
  });
}
