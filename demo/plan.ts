import { listenAddresses, type Container } from "./containers";
import {
  executableKinds,
  findExecutable,
  type ExecutableKind,
  type ExecutableName,
  type FoundExecutable,
} from "./executables";
import { freePort } from "../operations/loopback-port";
import type { WantedPort } from "./ports";

/** An executable that takes the place of a container. */
export interface PlannedExecutable {
  readonly container: Container;
  readonly kind: ExecutableKind;
  /** Where it is installed. */
  readonly path: string;
  /** Its version, if it tells one. */
  readonly version: string | undefined;
  /** Port here for each port that it listens at in its container, first that of its API. */
  readonly ports: ReadonlyMap<number, number>;
  /** Its address here, without a slash at its end. */
  readonly url: string;
}

/** A program that would run here if it were installed. */
export interface MissingProgram {
  readonly name: string;
  /** Why, and how to get it. */
  readonly reason: string;
}

/** Which of the containers run here as executables. */
export interface Plan {
  readonly executables: readonly PlannedExecutable[];
  readonly missing: readonly MissingProgram[];
}

/** How the ports here are chosen: those that the stacks publish, or free ones. */
export type PortChoice = "published" | "free";

/**
 * @param reserved ports that are not to be taken, as other programs are to have them
 * @param kinds programs that run where they are installed. Default: all
 */
export async function planExecutables(
  containers: readonly Container[],
  choice: PortChoice,
  reserved: readonly number[],
  kinds: readonly ExecutableKind[] = executableKinds,
): Promise<Plan> {
  const found = new Map<ExecutableName, FoundExecutable>();
  const executables: PlannedExecutable[] = [];
  const missing: MissingProgram[] = [];
  const taken = new Set(reserved);
  for (const kind of kinds) {
    for (const container of containers.filter(({ program }) => program === kind.name)) {
      const executable = found.get(kind.name) ?? findExecutable(kind);
      found.set(kind.name, executable);
      if ("missing" in executable) {
        missing.push({ name: container.name, reason: executable.missing });
        continue;
      }
      const ports = await portsOf(container, kind, choice, taken);
      const url = `http://127.0.0.1:${String([...ports.values()][0])}`;
      executables.push({ container, kind, ...executable, ports, url });
    }
  }
  return { executables, missing };
}

async function portsOf(
  container: Container,
  kind: ExecutableKind,
  choice: PortChoice,
  taken: Set<number>,
): Promise<Map<number, number>> {
  const listened = listenAddresses(container);
  const main = listened.find(({ flag }) => flag === "web.listen-address")?.port ?? kind.port;
  const { open = [], inner = [] } = kind.listensBesides ?? {};
  const wanted = (internal: number) => {
    if (choice === "free") return 0;
    if (internal === main) return portOnHost(container, internal);
    return open.includes(internal) ? internal : 0;
  };
  const ports = new Map<number, number>();
  for (const internal of new Set([main, ...listened.map(({ port }) => port), ...open, ...inner])) {
    const port = wanted(internal);
    const chosen = port === 0 || taken.has(port) ? await freePortOtherThan(taken) : port;
    taken.add(chosen);
    ports.set(internal, chosen);
  }
  return ports;
}

/** Where the host has a port of a container; 0 where nobody outside its networks reaches it, so that any will do. */
function portOnHost(container: Container, internal: number): number {
  const isReached =
    container.onHostNetwork || container.ports.some((published) => published.internal === internal);
  return isReached ? localPort(container, internal) : 0;
}

async function freePortOtherThan(taken: ReadonlySet<number>): Promise<number> {
  for (;;) {
    const port = await freePort();
    if (!taken.has(port)) return port;
  }
}

/** Port of the host behind a port of a container: the published one, or the same where none is published. */
export function localPort(container: Container | undefined, internal: number): number {
  return container?.ports.find((port) => port.internal === internal)?.external ?? internal;
}

/** The port of each executable's API, and those at which other programs reach it. */
export function wantedPorts({ executables }: Plan): WantedPort[] {
  return executables.flatMap(({ container, url, kind, ports }) => [
    { port: Number(new URL(url).port), program: container.name },
    ...(kind.listensBesides?.open ?? []).map((internal) => ({
      port: ports.get(internal) ?? internal,
      program: container.name,
    })),
  ]);
}
