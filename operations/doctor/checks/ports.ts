import { createServer } from "node:net";
import type { PublishedPort } from "../../terraform/stack-contents";
import { type Finding, ok, problem } from "../../checks/check";
import type { DoctorCheck, Subject } from "../check";
import type { DockerEngine } from "../engine";
import { holderInWords, portHolder } from "../../port-holder";

/** On Linux each address of 127.0.0.0/8 is there, and nobody listens at this one alone. */
const unusedLoopbackAddress = "127.255.255.254";

interface RunningContainer {
  readonly Names: readonly string[];
  readonly Ports?: readonly { readonly PublicPort?: number; readonly Type: string }[];
}

interface Wanted extends PublishedPort {
  /** Name of the container on the engine. */
  readonly container: string;
  /** Its name on its networks, by which people know it. */
  readonly ownName: string;
}

/**
 * Whether the ports that the containers publish are free, or held by the same container of an earlier deploy. On an
 * engine elsewhere only what its containers hold can be known.
 */
export const portsCheck: DoctorCheck = {
  name: "Ports",
  isCheap: true,
  timeLimitMs: 20_000,
  async run(subject): Promise<Finding[]> {
    const wanted = wantedPorts(subject);
    if (wanted.length === 0) return [];
    const isLocal = subject.engine?.isLocal ?? false;
    const listed = await runningContainers(subject.engine);
    if (!listed && !isLocal) return [];
    const running = listed ?? [];
    const findings = await Promise.all(
      wanted.map((each) => portFinding(each, running, isLocal, subject.environment)),
    );
    const problems = findings.flatMap((finding) => finding ?? []);
    if (problems.length > 0) return problems;
    const numbers = wanted.map(({ port }) => port).sort((a, b) => a - b);
    return [ok(`${numbers.join(", ")} are free or held by the containers of ${subject.environment}`)];
  },
};

function wantedPorts({ contents }: Subject): Wanted[] {
  return contents.flatMap(({ containers }) =>
    containers.flatMap(({ name, ownName, ports }) =>
      ports.map((published) => ({ container: name, ownName, ...published })),
    ),
  );
}

function runningContainers(engine: DockerEngine | undefined): Promise<RunningContainer[] | undefined> {
  // That the engine is not reached is said by the check of Docker.
  return Promise.resolve(engine?.get<RunningContainer[]>("/containers/json")).catch(() => undefined);
}

async function portFinding(
  { container, ownName, address, port, byEngine }: Wanted,
  running: readonly RunningContainer[],
  isLocal: boolean,
  environment: string,
): Promise<Finding | undefined> {
  const [own, ...others] = partition(running, container);
  if (own && mayHold(own, port)) return undefined;
  const move = `or give ${ownName} another port in environments/${environment}.ts`;
  const holder = others.find(({ Ports }) => Ports?.some(({ PublicPort }) => PublicPort === port));
  const taken = `${String(port)}, wanted for ${ownName}, is taken by`;
  if (holder) {
    const name = nameOf(holder);
    return problem(`${taken} the container ${name}`, `Stop it (docker stop ${name}), ${move}.`);
  }
  if (!isLocal) return undefined;
  const first = await listenError(address, port);
  // The address may be that of a network which the deploy makes; then only who listens at all addresses is in the way.
  const code =
    first === "EADDRNOTAVAIL" && !byEngine ? await listenError(unusedLoopbackAddress, port) : first;
  if (code === "EADDRINUSE") {
    const program = portHolder(port);
    return program === undefined
      ? problem(
          `${taken} a program`,
          `Find it (sudo ss -ltnp 'sport = :${String(port)}') and stop it, ${move}.`,
        )
      : problem(`${taken} ${holderInWords(program)}`, `Stop it, ${move}.`);
  }
  if (code === "EADDRNOTAVAIL" && byEngine) {
    return problem(
      `${ownName} is to be published on ${address}, which is no address of this machine`,
      `Set docker.publishOn in environments/${environment}.ts.`,
    );
  }
  // Others, such as a low port that this user may not take, say nothing about the engine.
  return undefined;
}

/** The container of this name, if it runs, and then the others. */
function partition(running: readonly RunningContainer[], name: string) {
  const own = running.find((each) => nameOf(each) === name);
  return [own, ...running.filter((each) => each !== own)] as const;
}

/** Whether a port is one of the container's own. What is on the host's network publishes none, and listens itself. */
function mayHold({ Ports = [] }: RunningContainer, port: number): boolean {
  return Ports.length === 0 || Ports.some(({ PublicPort }) => PublicPort === port);
}

function nameOf({ Names }: RunningContainer): string {
  return (Names[0] ?? "").replace(/^\//, "");
}

/** The code of the error that listening at a port gives; undefined where it is free. */
function listenError(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code);
    });
    server.listen({ host, port, exclusive: true }, () => {
      server.close(() => {
        resolve(undefined);
      });
    });
  });
}
