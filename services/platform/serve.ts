import { setTimeout as sleep } from "node:timers/promises";
import { Server as TcpServer, type AddressInfo } from "node:net";
import type { Environment } from "../instrumentation";
import type { App } from "./app";
import { ConfigError, type CommonConfig } from "./config";

/** What a service tells the process that started it. */
export interface ListeningMessage {
  readonly type: "listening";
  readonly port: number;
}

/** What `serve` runs. */
export interface Served {
  readonly app: App;
  readonly config: CommonConfig;
  /** Starts what else listens, before the application does; gives its ports, which the message "listening" tells too. */
  readonly start?: () => Promise<Readonly<Record<string, number>>>;
}

/**
 * Runs a service until SIGTERM or SIGINT. On a configuration that does not hold it lists all problems and exits with 1.
 * @param create makes the application from the environment; throws ConfigError
 */
export async function serve(create: (env: Environment) => Served): Promise<void> {
  try {
    const { app, config, start } = create(process.env);
    stopOnSignal(app, config);
    const otherPorts = await start?.();
    await app.listen({ port: config.PORT, host: config.HOST });
    const { port } = app.server.address() as AddressInfo;
    process.send?.({ ...otherPorts, type: "listening", port } satisfies ListeningMessage);
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`);
    process.exit(1);
  }
}

function describe(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  return `The service cannot start: ${error instanceof Error ? error.message : String(error)}`;
}

function stopOnSignal(app: App, config: CommonConfig): void {
  let isStopping = false;
  const stop = (reason: string) => {
    if (isStopping) return;
    isStopping = true;
    app.log.info({ reason }, "stopping");
    void shutDown(app, config).then((code) => process.exit(code));
  };
  app.addHook("onSend", (_request, reply, payload, done) => {
    if (isStopping) void reply.header("connection", "close");
    done(null, payload);
  });
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, stop);
  // Started by a process that talks to it: goes when that process is gone, however it went.
  if (process.send) {
    process.on("disconnect", () => {
      stop("disconnect");
    });
  }
}

/** How long a connection made at the last moment has for sending its first request. */
const lastRequestsMs = 200;

/**
 * Ends in steps, so that no request is lost: not ready any more, connections told to close while requests are still
 * taken; no new connections, but those that are there are still heard; the end when the last request has its answer.
 * @returns the exit status: 1 when requests were still running at the limit
 */
async function shutDown(app: App, config: CommonConfig): Promise<number> {
  app.stopBeingReady();
  await sleep(config.SHUTDOWN_DRAIN_MS);
  // The close of an HTTP server would also cut connections whose first request is on its way; that of a TCP server
  // only stops listening.
  TcpServer.prototype.close.call(app.server);
  await sleep(Math.min(lastRequestsMs, config.SHUTDOWN_DRAIN_MS));
  const closed = app.close().then(() => 0);
  const limit = sleep(config.SHUTDOWN_TIMEOUT_MS).then(() => {
    app.log.error("requests were still running at the end of SHUTDOWN_TIMEOUT_MS");
    return 1;
  });
  return Promise.race([closed, limit]);
}
