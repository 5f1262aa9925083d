import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connect, type PeerCertificate } from "node:tls";
import { type EdgePlace, renderEdgeConfiguration } from "../../../constructs/docker/edge-configuration";
import { ManagedProcess } from "../../../demo/processes";
import { freePorts } from "../../../operations/loopback-port";
import { edgeConfigurationOf } from "../../../stacks/edge-sites";
import { caddyProgram } from "../../support/edge";
import { withEdge } from "../../support/edge-environment";
import { parseEnvironment } from "../../support/environments";
import { Pebble } from "../../support/pebble";
import { pebbleProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { openssl } from "../../support/server-certificate";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

jest.setTimeout(180_000);

const folder = temporaryFolder();
const hosts = ["grafana", "prometheus", "alertmanager", "jaeger", "api"].map((name) => `${name}.example.com`);
const daySeconds = 86_400;
type Challenge = "http" | "tls-alpn";

/** An edge that asks an authority for its certificates, with the configuration that is deployed. */
class AcmeEdge {
  private process: ManagedProcess | undefined;

  private constructor(
    private readonly own: string,
    readonly ports: EdgePlace["ports"],
    readonly authority: Pebble,
    readonly root: string,
  ) {}

  /** @param refused the proof that it may not give. Default: it may give either */
  static async start(name: string, validSeconds: number, refused?: Challenge): Promise<AcmeEdge> {
    const own = join(folder(), name);
    mkdirSync(own);
    const [https = 0, http = 0, metrics = 0] = await freePorts(3);
    const authority = await Pebble.start(own, { https, http }, validSeconds);
    const environment = parseEnvironment(
      withEdge([
        "edge.certificates",
        { kind: "acme", email: "ops@example.com", directory: authority.directory },
      ]),
      "prod.ts",
    );
    if (!environment.edge) throw new Error("No edge.");
    const place: EdgePlace = {
      ports: { https, http, metrics },
      dataPath: join(own, "data"),
      certificatePath: join(own, "none.pem"),
      keyPath: join(own, "none.key"),
      hashPathOf: (user) => join(own, `hash-${user}`),
    };
    const hash = ["hash-password", "--algorithm", "bcrypt", "--bcrypt-cost", "10", "--plaintext", "x"];
    for (const { name: user } of environment.edge.users) {
      writeFileSync(place.hashPathOf(user), execFileSync("caddy", hash));
    }
    const text = renderEdgeConfiguration(edgeConfigurationOf(environment, environment.edge), place);
    const file = join(own, "caddy.json");
    writeFileSync(file, text);
    // The very one that is deployed.
    execFileSync("caddy", ["validate", "--config", file], { stdio: "pipe" });
    writeFileSync(file, JSON.stringify(hurried(JSON.parse(text) as Configuration, refused)));
    const edge = new AcmeEdge(own, place.ports, authority, await authority.root());
    await edge.run();
    return edge;
  }

  /** Runs it with the data that it has. */
  async run(): Promise<void> {
    const run = `exec caddy run --config '${join(this.own, "caddy.json")}' >'${this.own}/access.log' 2>>'${this.own}/caddy.log'`;
    this.process = new ManagedProcess({
      name: "edge",
      command: "sh",
      args: ["-c", run],
      // The authority itself answers with a certificate of the test's.
      env: { ...process.env, SSL_CERT_FILE: this.authority.itself.file },
    });
    await this.process.healthy(`http://127.0.0.1:${String(this.ports.metrics)}/health`, 60_000);
  }

  /** The certificate that it shows for a host, where it is one of the authority's for that host; undefined otherwise. */
  async shows(host: string): Promise<PeerCertificate | undefined> {
    return new Promise((resolve) => {
      const socket = connect(
        { host: "127.0.0.1", port: this.ports.https, servername: host, ca: this.root },
        () => {
          resolve(socket.getPeerCertificate());
          socket.destroy();
        },
      );
      socket.on("error", () => {
        resolve(undefined);
      });
    });
  }

  /** Waits until it shows one. */
  async certificate(host: string): Promise<PeerCertificate> {
    let shown: PeerCertificate | undefined;
    await until(async () => (shown = await this.shows(host)) !== undefined, 60_000);
    if (!shown) throw new Error("No certificate.");
    return shown;
  }

  async end(): Promise<void> {
    await this.process?.stop();
  }

  async stop(): Promise<void> {
    await this.end();
    await this.authority.stop();
  }
}

interface Configuration {
  readonly apps: {
    readonly tls: {
      readonly automation: { readonly policies: readonly { readonly issuers: readonly object[] }[] };
    };
  };
}

/** The same, which looks every second at what ends, and gives no proof of one kind. */
function hurried(configuration: Configuration, refused: Challenge | undefined): object {
  const { tls } = configuration.apps;
  const policies = tls.automation.policies.map((policy) => ({
    ...policy,
    issuers: policy.issuers.map((issuer) => ({
      ...issuer,
      ...(refused !== undefined && { challenges: { [refused]: { disabled: true } } }),
    })),
  }));
  const automation = { ...tls.automation, policies, renew_interval: "1s" };
  return { ...configuration, apps: { ...configuration.apps, tls: { ...tls, automation } } };
}

describeWith([caddyProgram, pebbleProgram, openssl], "Certificates of the edge by ACME", () => {
  it.each<[string, Challenge]>([
    ["its port for HTTP", "tls-alpn"],
    ["its port for HTTPS", "http"],
  ])("are got with a proof at %s, for each of its hosts", async (_, refused) => {
    const edge = await AcmeEdge.start(refused, daySeconds, refused);
    try {
      const shown = await Promise.all(hosts.map(async (host) => edge.certificate(host)));
      expect(shown.map(({ subjectaltname }) => subjectaltname)).toEqual(hosts.map((host) => `DNS:${host}`));
      for (const { issuer } of shown) expect(String(issuer.CN)).toMatch(/^Pebble Intermediate/);
    } finally {
      await edge.stop();
    }
  });

  it("are kept over a restart, also while the authority is away", async () => {
    const edge = await AcmeEdge.start("kept", daySeconds);
    const [host = ""] = hosts;
    try {
      const { serialNumber } = await edge.certificate(host);
      await edge.end();
      await edge.authority.stop();
      await edge.run();
      expect((await edge.certificate(host)).serialNumber).toBe(serialNumber);
    } finally {
      await edge.end();
    }
  });

  it("are renewed before they end", async () => {
    const edge = await AcmeEdge.start("renewed", 30);
    const [host = ""] = hosts;
    try {
      const first = await edge.certificate(host);
      const ends = Date.parse(first.valid_to);
      let next: PeerCertificate | undefined;
      await until(async () => {
        next = await edge.shows(host);
        return next !== undefined && next.serialNumber !== first.serialNumber;
      }, 40_000);
      expect(Date.now()).toBeLessThan(ends);
      expect(Date.parse(next?.valid_to ?? "")).toBeGreaterThan(ends);
    } finally {
      await edge.stop();
    }
  });
});
