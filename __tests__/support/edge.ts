import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { request } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import {
  type EdgeConfiguration,
  type EdgePlace,
  renderEdgeConfiguration,
} from "../../constructs/docker/edge-configuration";
import { ManagedProcess } from "../../demo/processes";
import { freePorts } from "../../operations/loopback-port";
import type { Program } from "./require-program";

/** Caddy with the modules of the edge's image. */
export const caddyProgram: Program = {
  name: "caddy",
  hint: ".ci/install-programs caddy builds it with Go and prints the line that puts it on the PATH.",
};

/** What came back of a request. */
export interface EdgeAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A line of the access log. */
export interface AccessLine {
  readonly status: number;
  readonly request: { readonly host: string; readonly method: string; readonly uri: string };
}

/** A program behind an edge: it answers with what it was asked, and with the status in a path such as `/status/503`. */
export class Behind {
  received = 0;
  private readonly server: Server = createServer((asked, answer) => {
    let bytes = 0;
    asked.on("data", (chunk: Buffer) => (bytes += chunk.length));
    asked.on("end", () => {
      this.received += bytes;
      answer.statusCode = Number(/^\/status\/(\d{3})$/.exec(asked.url ?? "")?.[1] ?? 200);
      answer.setHeader("X-Powered-By", "parcels");
      answer.end(JSON.stringify({ url: asked.url, headers: asked.headers, bytes }));
    });
  });

  /** Its `host:port`. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return `127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

const newKeys = {
  ec: ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"],
  rsa: ["-newkey", "rsa:2048"],
} as const;

/** What the key of a certificate is made of. */
export type KeyKind = keyof typeof newKeys;

/** The authority of a test and the certificate that it gave for some hosts, in PEM. */
function makeCertificates(folder: string, hosts: readonly string[], kind: KeyKind): string {
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  const key = [...newKeys[kind], "-nodes"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-days",
    "3",
    "-subj",
    "/CN=authority",
    "-keyout",
    "ca.key",
    "-out",
    "ca.pem",
  );
  openssl("req", ...key, "-subj", "/CN=edge", "-keyout", "edge.key", "-out", "edge.csr");
  writeFileSync(join(folder, "names"), `subjectAltName=${hosts.map((host) => `DNS:${host}`).join(",")}`);
  openssl(
    ...["x509", "-req", "-in", "edge.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"],
    ...["-days", "2", "-extfile", "names", "-out", "edge.pem"],
  );
  return readFileSync(join(folder, "ca.pem"), "utf8");
}

/** A real edge on free ports of the loopback, with the very configuration that is deployed. */
export class TestEdge {
  private constructor(
    private readonly folder: string,
    /** The authority that its certificate is of, in PEM. */
    readonly authority: string,
    readonly ports: EdgePlace["ports"],
    private readonly process: ManagedProcess,
  ) {}

  /**
   * @param folder for its files
   * @param passwords of its users, by name
   * @param kind of the key of its certificate. Default: of an elliptic curve
   */
  static async start(
    folder: string,
    configuration: EdgeConfiguration,
    passwords: Readonly<Record<string, string>>,
    kind: KeyKind = "ec",
  ): Promise<TestEdge> {
    const [https = 0, http = 0, metrics = 0] = await freePorts(3);
    const place: EdgePlace = {
      ports: { https, http, metrics },
      dataPath: join(folder, "data"),
      certificatePath: join(folder, "edge.pem"),
      keyPath: join(folder, "edge.key"),
      hashPathOf: (user) => join(folder, `hash-${user}`),
    };
    const authority = makeCertificates(
      folder,
      configuration.sites.map(({ host }) => host),
      kind,
    );
    for (const [user, password] of Object.entries(passwords)) {
      const args = ["hash-password", "--algorithm", "bcrypt", "--bcrypt-cost", "10"];
      writeFileSync(place.hashPathOf(user), execFileSync("caddy", [...args, "--plaintext", password]));
    }
    const file = join(folder, "caddy.json");
    writeFileSync(file, renderEdgeConfiguration({ ...configuration, httpsPort: https }, place));
    execFileSync("caddy", ["validate", "--config", file], { stdio: "pipe" });
    const run = `exec caddy run --config '${file}' >'${folder}/access.log' 2>'${folder}/caddy.log'`;
    const process = new ManagedProcess({ name: "edge", command: "sh", args: ["-c", run] });
    await process.healthy(`http://127.0.0.1:${String(metrics)}/health`, 60_000);
    return new TestEdge(folder, authority, place.ports, process);
  }

  /** Asks for a path of a host, which it trusts by the test's authority alone. */
  async ask(
    host: string,
    path: string,
    more: {
      readonly method?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: Buffer;
    } = {},
  ): Promise<EdgeAnswer> {
    const { headers, body, method = body ? "POST" : "GET" } = more;
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          ...{ host: "127.0.0.1", port: this.ports.https, servername: host, ca: this.authority, path },
          ...{ method, headers: { Host: host, ...headers }, agent: false },
        },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
          answer.on("end", () => {
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text });
          });
          answer.on("error", reject);
        },
      );
      sent.on("error", reject);
      sent.end(body);
    });
  }

  /** Lines of its access log. */
  accessLog(): { readonly text: string; readonly lines: readonly AccessLine[] } {
    const text = readFileSync(join(this.folder, "access.log"), "utf8");
    const lines = text
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as AccessLine);
    return { text, lines };
  }

  /** What it measures, as Prometheus is given it. */
  async metrics(): Promise<string> {
    return (await fetch(`http://127.0.0.1:${String(this.ports.metrics)}/metrics`)).text();
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }
}

/** The header that proves a login. */
export function loginOf(user: string, password: string): Readonly<Record<string, string>> {
  return { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString("base64")}` };
}
