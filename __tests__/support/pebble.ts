import { writeFileSync } from "node:fs";
import { request } from "node:https";
import { join } from "node:path";
import { ManagedProcess } from "../../demo/processes";
import { freePorts } from "../../operations/loopback-port";
import { LoopbackDns } from "./loopback-dns";
import { certificateFor, type MadeCertificate } from "./server-certificate";
import { pebbleProgram } from "./programs";
import { until } from "./until";

/** Ports at which an authority asks for the proof that a name is its owner's. */
export interface ProofPorts {
  readonly https: number;
  readonly http: number;
}

/** An authority that speaks ACME (RFC 8555), for which every name leads to the loopback. */
export class Pebble {
  private constructor(
    /** The certificate with which it answers itself: its own authority. */
    readonly itself: MadeCertificate,
    /** URL of its directory. */
    readonly directory: string,
    private readonly management: string,
    private readonly process: ManagedProcess,
    private readonly dns: LoopbackDns,
  ) {}

  /**
   * @param folder for its files
   * @param validSeconds how long its certificates hold
   */
  static async start(folder: string, proof: ProofPorts, validSeconds: number): Promise<Pebble> {
    const [acme = 0, management = 0] = await freePorts(2);
    const itself = certificateFor(2, folder);
    const dns = new LoopbackDns();
    const dnsServer = await dns.start();
    const file = join(folder, "pebble.json");
    const [listenAddress, managementListenAddress] = [acme, management].map(
      (port) => `127.0.0.1:${String(port)}`,
    );
    writeFileSync(join(folder, "pebble.key"), itself.key);
    const pebble = {
      listenAddress,
      managementListenAddress,
      certificate: itself.file,
      privateKey: join(folder, "pebble.key"),
      httpPort: proof.http,
      tlsPort: proof.https,
      keyAlgorithm: "ecdsa",
      retryAfter: { authz: 1, order: 1 },
      profiles: { default: { description: "The only one", validityPeriod: validSeconds } },
    };
    writeFileSync(file, JSON.stringify({ pebble }));
    const process_ = new ManagedProcess({
      name: pebbleProgram.name,
      command: pebbleProgram.name,
      args: ["-config", file, "-dnsserver", dnsServer],
      env: { ...process.env, PEBBLE_VA_NOSLEEP: "1" },
    });
    const started = new Pebble(
      itself,
      `https://127.0.0.1:${String(acme)}/dir`,
      `https://127.0.0.1:${String(management)}`,
      process_,
      dns,
    );
    await until(() =>
      started.root().then(
        () => true,
        () => false,
      ),
    );
    return started;
  }

  /** The root of the certificates that it gives, in PEM. */
  async root(): Promise<string> {
    return new Promise((resolve, reject) => {
      request(`${this.management}/roots/0`, { ca: this.itself.cert }, (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => (text += chunk));
        answer.on("end", () => {
          resolve(text);
        });
        answer.on("error", reject);
      })
        .on("error", reject)
        .end();
    });
  }

  async stop(): Promise<void> {
    await this.process.stop();
    this.dns.stop();
  }
}
