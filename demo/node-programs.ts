import { join } from "node:path";
import type { Environment } from "../environments";
import { programNames, type ServiceProgram } from "../services/programs";
import { ManagedProcess } from "./processes";
import { localUrl, startServices } from "./services";
import type { Container } from "./containers";
import { DemoProgram } from "./demo-program";
import { localPort, type PortChoice } from "./plan";
import { freePorts } from "../operations/loopback-port";
import type { WantedPort } from "./ports";

/** Names of the demo's own Node programs. */
export type NodeProgram = ServiceProgram | "inbox";

/** Port here for each of them, that of the gateway's metrics, and that at which the inbox takes mail. */
export type NodePorts = Readonly<Record<NodeProgram | "metrics" | "smtp", number>>;

/** What they are started with. */
export interface NodeProgramOptions {
  readonly ports: NodePorts;
  readonly onLine: (program: string, line: string) => void;
  /** Told of each process. */
  readonly onStart: (pid: number | undefined) => void;
}

/** Ports of the inbox in its container. */
export const inboxPorts = { http: 8025, smtp: 1025 } as const;

const gateway: ServiceProgram = "api-gateway";
const root = join(__dirname, "..");
const readyPath = "/health/ready";

/** Free ports, or those that the stacks publish, or the containers' own where none is published. */
export async function nodePorts(
  containers: readonly Container[],
  environment: Environment,
  choice: PortChoice,
): Promise<NodePorts> {
  const wanted: [keyof NodePorts, container: string, internal: number][] = [
    ...programNames.map((name): [ServiceProgram, string, number] => [
      name,
      name,
      environment.services.find((each) => each.name === name)?.port ?? 0,
    ]),
    ["metrics", gateway, gatewayMetricsPort(environment)],
    ["inbox", "inbox", inboxPorts.http],
    ["smtp", "inbox", inboxPorts.smtp],
  ];
  const free = choice === "free" ? await freePorts(wanted.length) : [];
  return Object.fromEntries(
    wanted.map(([key, name, internal], index) => {
      const container = containers.find((each) => each.name === name);
      return [key, free[index] ?? localPort(container, internal)];
    }),
  ) as NodePorts;
}

const otherPrograms: Readonly<Record<string, string>> = {
  smtp: "inbox (mail)",
  metrics: `${gateway} (metrics)`,
};

/** Port of the gateway's metrics in its container. */
export function gatewayMetricsPort({ services }: Environment): number {
  const { metricsPort, port } = services.find(({ name }) => name === gateway) ?? {};
  return metricsPort ?? port ?? 0;
}

/** The same as a list. */
export function wantedNodePorts(ports: NodePorts): WantedPort[] {
  return Object.entries(ports).map(([program, port]) => ({
    port,
    program: otherPrograms[program] ?? program,
  }));
}

/**
 * Starts the four services, with the variables of their containers.
 * @param env variables on top of those
 */
export async function startDemoServices(
  { ports, onLine, onStart }: NodeProgramOptions,
  containers: readonly Container[],
  env: Readonly<Record<string, string>>,
): Promise<DemoProgram[]> {
  const services = await startServices({
    ports,
    metricsPort: ports.metrics,
    env,
    envOf: Object.fromEntries(programNames.map((name) => [name, environmentOf(name, containers)])),
    onLine,
    onStart,
  });
  return programNames.map(
    (name) => new DemoProgram(services.processes[name], services.urls[name], readyPath, onStart),
  );
}

/**
 * What a service's container sets, but for addresses: those of the other services are set anew, and what has no
 * process here cannot be reached.
 */
function environmentOf(service: ServiceProgram, containers: readonly Container[]): Record<string, string> {
  const container = containers.find(({ name }) => name === service);
  const names = containers.map(({ name }) => name);
  const isAddress = (value: string) =>
    names.includes(value.replace(/^https?:\/\//, "").replace(/[:/].*$/s, ""));
  return Object.fromEntries(
    Object.entries(container?.environment ?? {}).filter(
      ([name, value]) => name !== "HOST" && name !== "PORT" && !isAddress(value),
    ),
  );
}

/** What the inbox is told of the links in messages. */
export interface InboxLinks {
  /** Address below which messages link to runbooks. */
  readonly runbooksUrl: string;
  /** Addresses at and below which nothing answers here. */
  readonly unservedUrls: readonly string[];
}

/** Starts the inbox. */
export function startInbox(
  { ports, onLine, onStart }: NodeProgramOptions,
  { runbooksUrl, unservedUrls }: InboxLinks,
): DemoProgram {
  const main = join(root, "services", "inbox", "main.ts");
  const inbox = new ManagedProcess({
    name: "inbox",
    command: process.execPath,
    args: ["--require", require.resolve("tsx/cjs"), main],
    cwd: root,
    ipc: true,
    env: {
      LOG_LEVEL: "warn",
      ...process.env,
      HOST: "127.0.0.1",
      PORT: String(ports.inbox),
      SMTP_PORT: String(ports.smtp),
      // Links are as the environment has them, or localized where its ports are others here.
      RUNBOOKS_URLS: [runbooksUrl, `${localUrl(ports.inbox)}/runbooks`].join(),
      UNSERVED_URLS: unservedUrls.join(),
    },
    onLine: (line) => {
      onLine("inbox", line);
    },
  });
  onStart(inbox.pid);
  return new DemoProgram(inbox, localUrl(ports.inbox), readyPath, onStart);
}
