import { join } from "node:path";
import { byProgram, programOf, servicePrograms, startOrder, type ServiceProgram } from "../services/programs";
import { freePort } from "../operations/loopback-port";
import { ManagedProcess, stopAll } from "./processes";

/** A program that takes the place of a service's own. It listens at the port in the variable `PORT`. */
export interface OtherProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Variables on top of those of the services. Default: none. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** How to start the four services. */
export interface ServicesOptions {
  /** Port of each service; 0 takes a free one. Default: as in `servicePrograms`. */
  readonly ports?: Readonly<Partial<Record<ServiceProgram, number>>>;
  /** Ports of the metrics of those that have one of their own; 0 takes a free one. Default: as in `servicePrograms`. */
  readonly metricsPorts?: Readonly<Partial<Record<ServiceProgram, number>>>;
  /** Variables for all of them, on top of this process's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Variables for one of them, on top of those. */
  readonly envOf?: Readonly<Partial<Record<ServiceProgram, Readonly<Record<string, string | undefined>>>>>;
  /** Programs in the place of the services' own. Default: none. */
  readonly instead?: Readonly<Partial<Record<ServiceProgram, OtherProgram>>>;
  /** Gets each line that a service prints. */
  readonly onLine?: (service: ServiceProgram, line: string) => void;
  /** Told of each process as soon as it is there. */
  readonly onStart?: (pid: number | undefined) => void;
  /** Called as soon as a service is healthy. */
  readonly onHealthy?: (service: ServiceProgram, url: string, metricsUrl: string) => void;
}

/** The services, running. */
export interface RunningServices {
  /** Address of each, without a slash at its end. */
  readonly urls: Readonly<Record<ServiceProgram, string>>;
  /** Address of the metrics of each. */
  readonly metricsUrls: Readonly<Record<ServiceProgram, string>>;
  readonly processes: Readonly<Record<ServiceProgram, ManagedProcess>>;
  /** Ends all of them, callers before those that they call. */
  stop(): Promise<void>;
}

interface Started {
  readonly process: ManagedProcess;
  readonly url: string;
  readonly metricsUrl: string;
}

/** What a service tells when it listens. */
interface Listening {
  readonly type: "listening";
  readonly port: number;
  /** Where its metrics have a port of their own. */
  readonly metricsPort?: number;
}

const root = join(__dirname, "..");
const startLimitMs = 30_000;

/**
 * Starts the services on the loopback address and waits until all are healthy. They end with this process.
 * @throws Error when one does not come up, with its last lines; none of them keeps running then
 */
export async function startServices(options: ServicesOptions = {}): Promise<RunningServices> {
  const started = new Map<ServiceProgram, Started>();
  const stop = () => stopAll([...started.values()].map(({ process }) => process));
  try {
    const healthy: Promise<void>[] = [];
    // One after the other: each is told the addresses of those that it calls.
    for (const service of startOrder()) {
      const { process, listening } = await spawnService(service, options, addressesOf(started));
      started.set(service, { process, url: "", metricsUrl: "" });
      options.onStart?.(process.pid);
      const { port, metricsPort = port } = await listening;
      const url = localUrl(port);
      const metricsUrl = `${localUrl(metricsPort)}/metrics`;
      started.set(service, { process, url, metricsUrl });
      const ready = process.healthy(`${url}/health/ready`, startLimitMs).then(() => {
        options.onHealthy?.(service, url, metricsUrl);
      });
      // Its failure is met below, and may come before.
      ready.catch(() => undefined);
      healthy.push(ready);
    }
    await Promise.all(healthy);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls: byProgram((service) => started.get(service)?.url ?? ""),
    metricsUrls: byProgram((service) => started.get(service)?.metricsUrl ?? ""),
    processes: byProgram((service) => {
      const process = started.get(service)?.process;
      if (!process) throw new Error(`${service} was not started.`);
      return process;
    }),
    stop,
  };
}

async function spawnService(
  service: ServiceProgram,
  options: ServicesOptions,
  addresses: Record<string, string>,
): Promise<{ readonly process: ManagedProcess; readonly listening: Promise<Omit<Listening, "type">> }> {
  const { ports, metricsPorts, env, envOf, instead, onLine } = options;
  const other = instead?.[service];
  const metricsPort = metricsPorts?.[service];
  const wanted = ports?.[service] ?? servicePrograms[service].port;
  // Another program tells nobody which port it took.
  const port = other !== undefined && wanted === 0 ? await freePort() : wanted;
  const program = other ?? {
    command: process.execPath,
    args: ["--require", require.resolve("tsx/cjs"), join(root, "services", service, "main.ts")],
    cwd: root,
  };
  const managed = new ManagedProcess({
    ...program,
    name: service,
    ipc: other === undefined,
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      ...addresses,
      ...env,
      ...envOf?.[service],
      ...other?.env,
      PORT: String(port),
      ...(metricsPort !== undefined && hasMetricsPort(service) && { METRICS_PORT: String(metricsPort) }),
    },
    ...(onLine && {
      onLine: (line: string) => {
        onLine(service, line);
      },
    }),
  });
  const listening =
    other === undefined ? managed.message<Listening>("listening", startLimitMs) : Promise.resolve({ port });
  return { process: managed, listening };
}

function hasMetricsPort(service: ServiceProgram): boolean {
  return programOf(service).metricsPort !== undefined;
}

/** `PRODUCT_SERVICE_URL` and its like, for the services that are already there. */
function addressesOf(started: ReadonlyMap<ServiceProgram, { readonly url: string }>): Record<string, string> {
  return Object.fromEntries(
    [...started].map(([service, { url }]) => [`${service.replace("-", "_").toUpperCase()}_URL`, url]),
  );
}

/** The address of a port here. */
export function localUrl(port: number): string {
  return `http://127.0.0.1:${String(port)}`;
}
