import { join } from "node:path";
import { serviceNames, type Service } from "../../metrics/targets";
import { ManagedProcess, stopAll } from "./processes";

/** How to start the four services. */
export interface ServicesOptions {
  /** Port of each service; 0 takes a free one. Default: 3000 for the gateway, 3001 to 3003 for the others. */
  readonly ports?: Readonly<Partial<Record<Service, number>>>;
  /** Variables for all of them, on top of this process's own. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Variables for one of them, on top of those. */
  readonly envOf?: Readonly<Partial<Record<Service, Readonly<Record<string, string | undefined>>>>>;
  /** Gets each line that a service prints. */
  readonly onLine?: (service: Service, line: string) => void;
  /** Told of each process as soon as it is there. */
  readonly onStart?: (pid: number | undefined) => void;
  /** Called as soon as a service is healthy. */
  readonly onHealthy?: (service: Service, url: string) => void;
}

/** The four services, running. */
export interface RunningServices {
  /** Address of each, without a slash at its end. */
  readonly urls: Readonly<Record<Service, string>>;
  readonly processes: Readonly<Record<Service, ManagedProcess>>;
  /** Ends all of them, the gateway first. */
  stop(): Promise<void>;
}

/** Which start together, in turn: a service starts when those that it calls listen, as it is told their addresses. */
const startOrder: readonly (readonly Service[])[] = [
  ["product-service", "auth-service"],
  ["order-service"],
  ["api-gateway"],
];
const defaultPorts: Readonly<Record<Service, number>> = {
  "api-gateway": 3000,
  "product-service": 3001,
  "auth-service": 3002,
  "order-service": 3003,
};
const root = join(__dirname, "..", "..");
const startLimitMs = 30_000;

/**
 * Starts the four services on the loopback address and waits until all are healthy. They end with this process.
 * @throws Error when one does not come up, with its last lines; none of them keeps running then
 */
export async function startServices(options: ServicesOptions = {}): Promise<RunningServices> {
  const started = new Map<Service, { process: ManagedProcess; url: string }>();
  const stop = () => stopAll([...started.values()].map(({ process }) => process));
  try {
    const healthy: Promise<void>[] = [];
    for (const services of startOrder) {
      const addresses = addressesOf(started);
      const listening = services.map(async (service) => {
        const process = spawnService(service, options, addresses);
        started.set(service, { process, url: "" });
        options.onStart?.(process.pid);
        const { port } = await process.message<{ type: "listening"; port: number }>(
          "listening",
          startLimitMs,
        );
        const url = `http://127.0.0.1:${String(port)}`;
        started.set(service, { process, url });
        return { service, process, url };
      });
      for (const { service, process, url } of await Promise.all(listening)) {
        const ready = process.healthy(`${url}/health/ready`, startLimitMs).then(() => {
          options.onHealthy?.(service, url);
        });
        // Its failure is met below, and may come before.
        ready.catch(() => undefined);
        healthy.push(ready);
      }
    }
    await Promise.all(healthy);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    urls: byService((service) => started.get(service)?.url ?? ""),
    processes: byService((service) => {
      const process = started.get(service)?.process;
      if (!process) throw new Error(`${service} was not started.`);
      return process;
    }),
    stop,
  };
}

function spawnService(
  service: Service,
  { ports, env, envOf, onLine }: ServicesOptions,
  addresses: Record<string, string>,
): ManagedProcess {
  return new ManagedProcess({
    name: service,
    command: process.execPath,
    args: ["--require", require.resolve("tsx/cjs"), join(root, "services", service, "main.ts")],
    cwd: root,
    ipc: true,
    env: {
      ...process.env,
      HOST: "127.0.0.1",
      ...addresses,
      ...env,
      ...envOf?.[service],
      PORT: String(ports?.[service] ?? defaultPorts[service]),
    },
    ...(onLine && {
      onLine: (line: string) => {
        onLine(service, line);
      },
    }),
  });
}

/** `PRODUCT_SERVICE_URL` and its like, for the services that are already there. */
function addressesOf(started: ReadonlyMap<Service, { readonly url: string }>): Record<string, string> {
  return Object.fromEntries(
    [...started].map(([service, { url }]) => [`${service.replace("-", "_").toUpperCase()}_URL`, url]),
  );
}

function byService<T>(value: (service: Service) => T): Record<Service, T> {
  return Object.fromEntries(serviceNames.map((service) => [service, value(service)])) as Record<Service, T>;
}
