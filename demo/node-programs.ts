import { join } from "node:path";
import type { Environment } from "../environments";
import { byProgram, programNames, type ServiceProgram } from "../services/programs";
import { ManagedProcess } from "./processes";
import { localUrl, startServices, type ServicesOptions } from "./services";
import type { Addresses } from "./addresses";
import type { Container } from "./containers";
import { DemoProgram } from "./demo-program";
import { localPort, type PortChoice } from "./plan";
import { freePorts } from "../operations/loopback-port";
import type { WantedPort } from "./ports";

/** Ports here of the demo's own Node programs. */
export interface NodePorts {
  readonly services: Readonly<Record<ServiceProgram, number>>;
  /** Of the metrics of those services that have one of their own. */
  readonly metrics: Readonly<Partial<Record<ServiceProgram, number>>>;
  readonly inbox: number;
  /** At which the inbox takes mail. */
  readonly smtp: number;
}

/** What they are started with. */
export interface NodeProgramOptions {
  readonly ports: NodePorts;
  readonly onLine: (program: string, line: string) => void;
  /** Told of each process. */
  readonly onStart: (pid: number | undefined) => void;
  /** Programs in the place of the services' own. Default: none. */
  readonly instead?: ServicesOptions["instead"];
}

/** Ports of the inbox in its container. */
export const inboxPorts = { http: 8025, smtp: 1025 } as const;

const root = join(__dirname, "..");
const readyPath = "/health/ready";

/** Free ports, or those that the stacks publish, or the containers' own where none is published. */
export async function nodePorts(
  containers: readonly Container[],
  environment: Environment,
  choice: PortChoice,
): Promise<NodePorts> {
  const most = 2 * programNames.length + 2;
  const free = choice === "free" ? await freePorts(most) : [];
  const portOf = (name: string, internal: number): number =>
    free.pop() ??
    localPort(
      containers.find((each) => each.name === name),
      internal,
    );
  const withMetrics = programNames.flatMap((name) => {
    const { metricsPort } = serviceOf(name, environment);
    return metricsPort === undefined ? [] : [[name, portOf(name, metricsPort)] as const];
  });
  return {
    services: byProgram((name) => portOf(name, serviceOf(name, environment).port)),
    metrics: Object.fromEntries(withMetrics),
    inbox: portOf("inbox", inboxPorts.http),
    smtp: portOf("inbox", inboxPorts.smtp),
  };
}

/** Ports of a service in its container. */
export function serviceOf(
  name: ServiceProgram,
  { services }: Environment,
): Pick<Environment["services"][number], "port" | "metricsPort"> {
  return services.find((each) => each.name === name) ?? { port: 0 };
}

/** The same as a list. */
export function wantedNodePorts({ services, metrics, inbox, smtp }: NodePorts): WantedPort[] {
  return [
    ...Object.entries(services).map(([program, port]) => ({ port, program })),
    ...Object.entries(metrics).map(([program, port]) => ({ port, program: `${program} (metrics)` })),
    { port: inbox, program: "inbox" },
    { port: smtp, program: "inbox (mail)" },
  ];
}

/**
 * Starts the services, with the variables of their containers.
 * @param addresses where what these name is here
 * @param env variables on top of those
 */
export async function startDemoServices(
  { ports, onLine, onStart, instead }: NodeProgramOptions,
  containers: readonly Container[],
  addresses: Addresses,
  env: Readonly<Record<string, string>>,
): Promise<DemoProgram[]> {
  const services = await startServices({
    ports: ports.services,
    metricsPorts: ports.metrics,
    env,
    envOf: Object.fromEntries(programNames.map((name) => [name, environmentOf(name, containers, addresses)])),
    onLine,
    onStart,
    ...(instead && { instead }),
  });
  return programNames.map(
    (name) => new DemoProgram(services.processes[name], services.urls[name], readyPath, onStart),
  );
}

/**
 * What a service's container sets, with the addresses of here: what has no process here cannot be reached, and is left
 * out.
 */
function environmentOf(
  service: ServiceProgram,
  containers: readonly Container[],
  addresses: Addresses,
): Record<string, string> {
  const container = containers.find(({ name }) => name === service);
  const names = containers.map(({ name }) => name);
  const isOfContainer = (value: string) =>
    names.includes(value.replace(/^https?:\/\//, "").replace(/[:/].*$/s, ""));
  const variables = Object.entries(container?.environment ?? {})
    .filter(([name]) => name !== "HOST" && name !== "PORT")
    .map(([name, value]) => [name, addresses.localize(value)] as const);
  return Object.fromEntries(variables.filter(([, value]) => !isOfContainer(value)));
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
