import { join } from "node:path";
import type { Environment } from "../../../environments";
import { serviceNames, type Service } from "../../../metrics/targets";
import { ManagedProcess } from "../processes";
import { startServices } from "../services";
import type { Container } from "./containers";
import { DemoProgram, startLimitMs } from "./demo-program";
import { localPort, type PortChoice } from "./plan";
import type { WantedPort } from "./ports";

/** Names of the demo's own Node programs. */
export type NodeProgram = Service | "inbox";

/** Port here for each of them, 0 for a free one, and that at which the inbox takes mail. */
export type NodePorts = Readonly<Record<NodeProgram | "smtp", number>>;

/** What they are started with. */
export interface NodeProgramOptions {
  readonly ports: NodePorts;
  readonly onLine: (program: string, line: string) => void;
  /** Told of each process. */
  readonly onStart: (pid: number | undefined) => void;
}

/** Ports of the inbox in its container. */
export const inboxPorts = { http: 8025, smtp: 1025 } as const;

const root = join(__dirname, "..", "..", "..");
const readyPath = "/health/ready";

/** The ports that the stacks publish, or the containers' own where none is published. */
export function nodePorts(
  containers: readonly Container[],
  { services }: Environment,
  choice: PortChoice,
): NodePorts {
  const portOf = (name: string, internal: number) =>
    choice === "free"
      ? 0
      : localPort(
          containers.find((each) => each.name === name),
          internal,
        );
  const serviceEntries = serviceNames.map((name) => {
    const internal = services.find((each) => each.name === name)?.port ?? 0;
    return [name, portOf(name, internal)];
  });
  return {
    ...(Object.fromEntries(serviceEntries) as Record<Service, number>),
    inbox: portOf("inbox", inboxPorts.http),
    smtp: portOf("inbox", inboxPorts.smtp),
  };
}

/** The same as a list. */
export function wantedNodePorts(ports: NodePorts): WantedPort[] {
  return Object.entries(ports).map(([program, port]) => ({
    port,
    program: program === "smtp" ? "inbox (mail)" : program,
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
    env,
    envOf: Object.fromEntries(serviceNames.map((name) => [name, environmentOf(name, containers)])),
    onLine,
  });
  return serviceNames.map(
    (name) => new DemoProgram(services.processes[name], services.urls[name], readyPath, onStart),
  );
}

/**
 * What a service's container sets, but for addresses: those of the other services are set anew, and what has no
 * process here cannot be reached.
 */
function environmentOf(service: Service, containers: readonly Container[]): Record<string, string> {
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

interface InboxListening {
  readonly type: "listening";
  readonly port: number;
  readonly smtpPort: number;
}

/** Starts the inbox, and tells at which port it takes mail. */
export async function startInbox({ ports, onLine, onStart }: NodeProgramOptions): Promise<{
  readonly program: DemoProgram;
  readonly smtpPort: number;
}> {
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
    },
    onLine: (line) => {
      onLine("inbox", line);
    },
  });
  try {
    const { port, smtpPort } = await inbox.message<InboxListening>("listening", startLimitMs);
    const url = `http://127.0.0.1:${String(port)}`;
    return { program: new DemoProgram(inbox, url, readyPath, onStart), smtpPort };
  } catch (error) {
    await inbox.stop();
    throw error;
  }
}
