import { entry, programNames, programOf } from "../services/programs";
import type { EnvironmentInput } from "./environment";

/** What is the same in every environment of this project: its name and its runbooks. */
export const shared = {
  project: "microservices-monitoring",
  runbooksUrl: "https://github.com/your-organisation/microservices-monitoring/blob/main/docs/runbooks",
} satisfies Partial<EnvironmentInput>;

type Service = EnvironmentInput["services"][number];

/** Where the entry is reached. */
interface Entry {
  /** URL at which customers reach it. Default: they do not. */
  readonly publicUrl?: string;
  /** Port of the host at which it is published. Default: its own. */
  readonly hostPort?: number;
}

/** The services of this repository, each in a container from the image that is given for it. */
function services(
  imageOf: (name: string) => Pick<Service, "image" | "build">,
  { publicUrl, hostPort }: Entry = {},
): Service[] {
  return programNames.map((name) => {
    const { port, metricsPort } = programOf(name);
    return {
      name,
      port,
      ...imageOf(name),
      healthCheck: ["node", "healthcheck.js"],
      // People and other systems come in by the gateway alone, and are not shown its metrics.
      ...(name === entry && {
        hostPort: hostPort ?? port,
        ...(publicUrl !== undefined && asked(publicUrl)),
      }),
      ...(metricsPort !== undefined && { metricsPort }),
    };
  });
}

/** The entry is asked at its URL for what it says of itself: the services behind it have alerts of their own. */
function asked(publicUrl: string): Pick<Service, "publicUrl" | "probe"> {
  return { publicUrl, probe: { text: `"service":"${entry}"` } };
}

/** These from a registry's images of one version. */
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

/** These from their sources here. */
export function builtServices(publicUrl: string): Service[] {
  return services((name) => ({ build: builtFrom(name) }), { publicUrl });
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
