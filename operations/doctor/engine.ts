import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { type IncomingMessage, request, type RequestOptions } from "node:http";
import { Duplex, Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";

/** A Docker engine that could not be asked, or that answered with an error. */
export class EngineError extends Error {
  override readonly name = "EngineError";

  /**
   * @param code of the system (`ENOENT`, `EACCES`, `ECONNREFUSED`, `ETIMEDOUT`) or HTTP status of the answer
   */
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** How an engine's address is reached. */
type Address =
  | { readonly kind: "unix"; readonly path: string }
  | { readonly kind: "tcp"; readonly host: string; readonly port: number }
  | { readonly kind: "ssh"; readonly destination: string; readonly options: readonly string[] };

/** A Docker engine, asked by its HTTP API: over a socket, TCP, or SSH as the `docker` CLI does it. Needs no CLI. */
export class DockerEngine {
  private readonly address: Address;

  /** @param host as `DOCKER_HOST` writes it, e.g. `unix:///var/run/docker.sock` */
  constructor(readonly host: string) {
    this.address = parseAddress(host);
  }

  /** Whether the engine publishes ports on this machine, as far as its address tells. */
  get isLocal(): boolean {
    return this.address.kind === "unix";
  }

  /** The command that runs a program on the engine's host, where that is reached by SSH. */
  get shell(): readonly string[] | undefined {
    const { address } = this;
    return address.kind === "ssh" ? ["ssh", ...address.options, address.destination] : undefined;
  }

  /**
   * What a GET of a path of the API answers, from JSON.
   * @throws EngineError
   */
  async get<T>(path: string, timeoutMs = 10_000): Promise<T> {
    return JSON.parse((await this.request("GET", path, timeoutMs)).toString()) as T;
  }

  /**
   * The body of the answer to a request.
   * @throws EngineError when the engine is not reached in time or answers with a status of 400 or more
   */
  async request(method: "GET" | "DELETE", path: string, timeoutMs = 10_000): Promise<Buffer> {
    return this.exchange({ method, path }, { timeoutMs });
  }

  /**
   * The body of the answer to a POST, with a body of its own in JSON where it has one.
   * @throws EngineError as `request` does
   */
  async post(path: string, json?: unknown, timeoutMs = 10_000): Promise<Buffer> {
    const content = json === undefined ? undefined : Buffer.from(JSON.stringify(json));
    const headers = { "content-type": "application/json", "content-length": String(content?.length ?? 0) };
    return this.exchange({ method: "POST", path, headers }, { timeoutMs, ...(content && { content }) });
  }

  /**
   * Hands the answer to a GET on while it comes. How long it may take is for `consume` to say.
   * @param signal ends it
   * @throws EngineError as `request` does, and what `consume` throws
   */
  async download<T>(path: string, consume: (body: Readable) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.onConnection((target) => this.send({ method: "GET", path, ...target }, { signal }, consume));
  }

  /**
   * Sends a tar with a PUT.
   * @param signal ends it
   * @throws EngineError as `request` does
   */
  async upload(path: string, content: Readable, signal?: AbortSignal): Promise<void> {
    await this.exchange(
      { method: "PUT", path, headers: { "content-type": "application/x-tar" } },
      { content, signal },
    );
  }

  private exchange(options: RequestOptions, sending: Sending): Promise<Buffer> {
    return this.onConnection((target) => this.send({ ...options, ...target }, sending, collect));
  }

  private async onConnection<T>(use: (target: RequestOptions) => Promise<T>): Promise<T> {
    const tunnel = this.address.kind === "ssh" ? openTunnel(this.address) : undefined;
    try {
      return await use(this.target(tunnel?.stream));
    } catch (error) {
      // What ssh says is the reason; that the connection broke is only its consequence.
      const said = await tunnel?.failure(error);
      throw said === undefined ? error : new EngineError("SSH", said);
    } finally {
      tunnel?.close();
    }
  }

  private target(stream: Duplex | undefined): RequestOptions {
    const { address } = this;
    if (stream) return { createConnection: () => stream, host: "docker" };
    // Each request on a connection of its own (which `createConnection` rules out).
    if (address.kind === "unix") return { socketPath: address.path, agent: false };
    return address.kind === "tcp" ? { host: address.host, port: address.port, agent: false } : {};
  }

  private send<T>(
    options: RequestOptions,
    { timeoutMs, signal: stop, content }: Sending,
    consume: (body: Readable) => Promise<T>,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const late = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
      const signals = [late, stop].flatMap((each) => each ?? []);
      const fail = (error: NodeJS.ErrnoException) => {
        if (error instanceof EngineError || !isOfTransport(error)) {
          reject(error);
          return;
        }
        const isLate = late?.aborted === true;
        const seconds = String((timeoutMs ?? 0) / 1000);
        const message = isLate ? `${this.host} did not answer within ${seconds} s` : error.message;
        reject(new EngineError(isLate ? "ETIMEDOUT" : (error.code ?? "UNKNOWN"), message));
      };
      const answered = async (response: IncomingMessage) => {
        const status = response.statusCode ?? 500;
        if (status < 400) return consume(response);
        throw new EngineError(String(status), messageOf((await collect(response)).toString()));
      };
      const asked = request({ ...options, signal: AbortSignal.any(signals) }, (response) => {
        answered(response).then(resolve, fail);
      });
      asked.once("error", fail);
      if (content instanceof Readable) pipeline(content, asked).catch(fail);
      else asked.end(content);
    });
  }
}

/** What goes with a request, and what ends it. */
interface Sending {
  /** Time in milliseconds after which it fails. Default: no limit. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal | undefined;
  readonly content?: Buffer | Readable;
}

/** Errors of sockets and of ended requests have a code; those of whoever consumes an answer pass as they are. */
function isOfTransport(error: NodeJS.ErrnoException): boolean {
  return (
    error.name === "AbortError" ||
    error.syscall !== undefined ||
    /^(?:ECONN|EPIPE|HPE_|ERR_STREAM)/.test(error.code ?? "")
  );
}

async function collect(body: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function parseAddress(host: string): Address {
  if (host.startsWith("unix://")) return { kind: "unix", path: host.slice("unix://".length) };
  const { protocol, hostname, port, username } = new URL(host);
  if (protocol === "tcp:") return { kind: "tcp", host: hostname, port: Number(port) };
  const options = ["-o", "BatchMode=yes", "-o", "ConnectTimeout=8", ...(port === "" ? [] : ["-p", port])];
  return { kind: "ssh", destination: username === "" ? hostname : `${username}@${hostname}`, options };
}

/** A connection to the engine through `ssh … docker system dial-stdio`. */
function openTunnel({ destination, options }: Extract<Address, { kind: "ssh" }>) {
  const child = spawn("ssh", [...options, destination, "docker", "system", "dial-stdio"]);
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const ended = new Promise<string | undefined>((resolve) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      resolve(error.code === "ENOENT" ? "there is no `ssh` on the PATH" : error.message);
    });
    child.once("close", (status) => {
      resolve(status === 0 ? undefined : said.trim() || `ssh ended with status ${String(status)}`);
    });
  });
  const stream = connectionOf(child);
  return {
    stream,
    failure: (error: unknown) =>
      error instanceof EngineError && (error.code === "ETIMEDOUT" || /^\d+$/.test(error.code))
        ? Promise.resolve(undefined)
        : // A connection that broke is followed by the end of ssh; one that did not must not be waited for.
          Promise.race([ended, sleep(2_000, undefined, { ref: false })]),
    close: () => child.kill(),
  };
}

/**
 * The program's input and output as one connection. Not `Duplex.from`: it destroys an answer that has come where the
 * program ends before its input does.
 */
function connectionOf({ stdin, stdout }: ChildProcessWithoutNullStreams): Duplex {
  // A broken pipe is told by the request that gets no answer, and why by what ssh said.
  for (const each of [stdin, stdout]) each.on("error", () => undefined);
  const stream = new Duplex({
    read: () => {
      stdout.resume();
    },
    write: (chunk, _encoding, done) => {
      stdin.write(chunk, () => {
        done();
      });
    },
    final: (done) => {
      stdin.end(() => {
        done();
      });
    },
  });
  stdout.on("data", (chunk: Buffer) => {
    if (!stream.push(chunk)) stdout.pause();
  });
  stdout.once("close", () => stream.push(null));
  return stream.on("error", () => undefined);
}

function messageOf(body: string): string {
  try {
    const { message } = JSON.parse(body) as { message?: unknown };
    return typeof message === "string" ? message : body;
  } catch {
    return body;
  }
}
