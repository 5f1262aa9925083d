import type { EnvironmentInput } from "../../../environments/environment";

/** What is the same in every environment of this project: its name and its runbooks. */
export const shared = {
  project: "microservices-monitoring",
  runbooksUrl: "https://github.com/your-organisation/microservices-monitoring/blob/main/docs/runbooks",
} satisfies Partial<EnvironmentInput>;

type Service = EnvironmentInput["services"][number];

/** Where the gateway is reached. */
interface Entry {
  /** URL at which customers reach it. Default: they do not. */
  readonly publicUrl?: string;
  /** Port of the host at which it is published. Default: its own. */
  readonly hostPort?: number;
}

/** The four services, each in a container from the image that is given for it. */
function services(
  imageOf: (name: string) => Pick<Service, "image" | "build">,
  { publicUrl, hostPort }: Entry = {},
): Service[] {
  const ports = { "api-gateway": 3000, "product-service": 3001, "auth-service": 3002, "order-service": 3003 };
  return Object.entries(ports).map(([name, port]) => ({
    name,
    port,
    ...imageOf(name),
    healthCheck: ["node", "healthcheck.js"],
    // People and other systems come in by the gateway alone, and are not shown its metrics.
    ...(name === "api-gateway" && {
      hostPort: hostPort ?? port,
      metricsPort: 9464,
      ...(publicUrl && { publicUrl }),
    }),
  }));
}

/** The four services from a registry's images of one version. */
export function releasedServices(version: string, entryAt?: Entry): Service[] {
  return services((name) => ({ image: `ghcr.io/your-organisation/${name}:${version}` }), entryAt);
}

/**
 * How the image of a program in `services/` is built.
 * @param more files and folders that are in it, too: a change in them makes a new image
 */
export function builtFrom(name: string, ...more: readonly string[]) {
  return {
    dockerfile: "services/Dockerfile",
    args: { SERVICE: name },
    sources: [
      "package.json",
      "package-lock.json",
      "tsconfig.json",
      "metrics",
      "shop/metrics",
      "services",
      ...more,
    ],
  };
}

/** The four services from their sources here. */
export function builtServices(): Service[] {
  return services((name) => ({ build: builtFrom(name) }));
}

/** Receivers that every environment has. */
export const slackCritical = { kind: "slack", name: "slack-critical", channel: "#alerts-critical" } as const;
export const slackTeam = { kind: "slack", name: "slack-team", channel: "#alerts-team" } as const;
export const discordAlerts = { kind: "discord", name: "discord-alerts" } as const;

/**
 * How soon critical alerts are told: as soon as one that silences them would have come, and again every hour. See
 * `groupWait` in `schema/alerting.ts`.
 */
export const urgent = { groupWait: "20s", groupInterval: "1m", repeatInterval: "1h" };

/** Alert routing by severity: critical alerts soon to whoever is on call, warnings to the team. */
export const routing = {
  defaultReceiver: "slack-team",
  routes: [
    { severity: "critical", receivers: ["slack-critical", "email-ops"], ...urgent },
    { severity: "warning", receivers: ["slack-team", "discord-alerts"] },
  ],
} satisfies Partial<EnvironmentInput["alerting"]>;
