import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { join } from "node:path";
import { listening } from "../../operations/loopback-port";

/** What a probed server answers. */
export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Where it sends those who ask; default: nowhere. */
  readonly location?: string;
  /** How long it takes; default: no time. */
  readonly delayMs?: number;
}

/** A certificate that a server shows: until when, and of which names, as OpenSSL writes them. */
export interface Certificate {
  readonly days: number;
  readonly names: string;
}

/** Servers of the loopback address with certificates of an authority of their own, made by OpenSSL. */
export class ProbedServers {
  private readonly servers: Server[] = [];
  private readonly connections = new Set<Socket>();

  /** @param folder an empty one, for certificates and keys */
  constructor(private readonly folder: string) {
    this.openssl(
      "req",
      "-x509",
      ...newKey("ca"),
      "-days",
      "3650",
      "-subj",
      "/CN=Test authority",
      "-out",
      "ca.pem",
    );
  }

  /** File of the authority's certificate. */
  get authority(): string {
    return join(this.folder, "ca.pem");
  }

  /** Starts a server that always answers the same. @returns its port */
  async answering(
    { status, body, location, delayMs = 0 }: Answer,
    certificate?: Certificate,
  ): Promise<number> {
    const answer: Parameters<typeof createHttpServer>[1] = (_request, response) => {
      setTimeout(
        () => response.writeHead(status, location === undefined ? {} : { location }).end(body),
        delayMs,
      );
    };
    return this.listen(
      certificate === undefined
        ? createHttpServer(answer)
        : createHttpsServer(this.signed(certificate), answer),
    );
  }

  /** Starts a server that takes connections and never says anything. @returns its port */
  async silent(): Promise<number> {
    return this.listen(createTcpServer((socket) => socket.on("error", () => undefined).resume()));
  }

  /** Ends all of them, with what is connected. */
  stop(): void {
    for (const server of this.servers) server.close();
    for (const socket of this.connections) socket.destroy();
  }

  private async listen(server: Server): Promise<number> {
    await listening(server, 0);
    this.servers.push(server);
    server.on("connection", (socket: Socket) => this.connections.add(socket));
    return (server.address() as AddressInfo).port;
  }

  private signed({ days, names }: Certificate) {
    const name = `server-${String(this.servers.length)}`;
    writeFileSync(join(this.folder, `${name}.ext`), `subjectAltName=${names}\n`);
    this.openssl("req", ...newKey(name), "-subj", "/CN=Test server", "-out", `${name}.csr`);
    const signing = ["-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-extfile", `${name}.ext`];
    this.openssl(
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      ...signing,
      "-days",
      String(days),
      "-out",
      `${name}.pem`,
    );
    const read = (end: string) => readFileSync(join(this.folder, `${name}.${end}`));
    return { key: read("key"), cert: read("pem") };
  }

  private openssl(...args: string[]): void {
    const { status, stderr } = spawnSync("openssl", args, { cwd: this.folder, encoding: "utf8" });
    if (status !== 0) throw new Error(`openssl ${args.join(" ")}: ${stderr}`);
  }
}

function newKey(name: string): string[] {
  return ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", `${name}.key`];
}
