import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { stringify } from "yaml";
import { ManagedProcess } from "../../../demo/processes";
import { PrometheusClient, type Target } from "../../../operations/clients/prometheus-client";
import { freePort } from "../../../operations/loopback-port";
import { DnsServer } from "../../support/dns-server";
import { edited } from "../../support/edit";
import { parseEnvironment } from "../../support/environments";
import { dev } from "../../support/environments/dev";
import { prometheusProgram } from "../../support/programs";
import { quickScrapes } from "../../support/quick-scrapes";
import { describeUnless, describeWith } from "../../support/require-program";
import { certificateFor, openssl } from "../../support/server-certificate";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

jest.setTimeout(120_000);

const password = "made-up-for-the-tests";
const unshare = { name: "unshare", hint: "On Debian: apt-get install util-linux." };
const noRoot = process.getuid?.() === 0 ? "" : "A resolver of its own needs root.";

/** Has a program ask a resolver of the tests: Prometheus reads this file alone. */
const withResolver = `mount --bind "$1" /etc/resolv.conf; shift; exec "$@"`;

describeUnless(noRoot, "Prometheus asks services and machines elsewhere", () => {
  describeWith([prometheusProgram, openssl, unshare], "by real programs", () => {
    const makeFolder = temporaryFolder();
    const dns = new DnsServer();
    let service: Server;
    let program: ManagedProcess | undefined;
    let prometheus: PrometheusClient;
    let port: number;

    beforeAll(async () => {
      const folder = makeFolder();
      const certificate = certificateFor(2, folder);
      // Knows who asks by the password alone.
      service = createServer(certificate, (request, response) => {
        const proof = `Basic ${Buffer.from(`prometheus:${password}`).toString("base64")}`;
        const isKnown = request.headers.authorization === proof;
        response.writeHead(isKnown ? 200 : 401, { "content-type": "text/plain; version=0.0.4" });
        response.end(isKnown ? 'http_requests_total{method="GET"} 1\n' : "");
      });
      service.listen(0, "127.0.0.1");
      await once(service, "listening");
      ({ port } = service.address() as AddressInfo);
      const resolver = `127.53.0.${String((process.pid % 250) + 1)}`;
      dns.records.set("shop.example.com", [{ type: "A", address: "127.0.0.1" }]);
      dns.records.set("_metrics._tcp.example.com", [{ type: "SRV", host: "localhost", port }]);
      dns.records.set("machines.example.com", [
        { type: "A", address: "127.0.0.11" },
        { type: "A", address: "127.0.0.12" },
      ]);
      await dns.start(resolver);
      writeFileSync(join(folder, "resolv.conf"), `nameserver ${resolver}\n`);
      writeFileSync(join(folder, "shop_ca"), certificate.cert);
      writeFileSync(join(folder, "shop_password"), password);
      writeFileSync(join(folder, "prometheus.yml"), configuration(folder));
      prometheus = new PrometheusClient(`http://127.0.0.1:${String(await freePort())}`);
      program = new ManagedProcess({
        name: "prometheus",
        command: "unshare",
        args: [
          ...["--mount", "sh", "-ec", withResolver, "sh", join(folder, "resolv.conf"), "prometheus"],
          `--config.file=${join(folder, "prometheus.yml")}`,
          `--storage.tsdb.path=${join(folder, "data")}`,
          `--web.listen-address=${new URL(prometheus.url).host}`,
        ],
      });
      await program.healthy(`${prometheus.url}/-/ready`, 60_000);
    });

    afterAll(async () => {
      await program?.stop();
      service.close();
      await dns.stop();
    });

    /** As it is rendered, but that secrets are in a folder of the tests, and it asks more often. */
    function configuration(folder: string): string {
      const tls = { ca: { secret: "shop_ca" }, serverName: "127.0.0.1" };
      const auth = { kind: "basic", username: "prometheus", password: "shop_password" };
      const overTls = { scheme: "https", tls, auth };
      const moved = (index: number, targets: unknown, asked: object) =>
        [
          [`services.${String(index)}.image`, undefined],
          [`services.${String(index)}.port`, port],
          [`services.${String(index)}.metricsPort`, undefined],
          [`services.${String(index)}.elsewhere`, { targets, ...asked }],
        ] as const;
      const environment = parseEnvironment(
        edited(
          dev,
          ...moved(0, { kind: "addresses", addresses: [`127.0.0.1:${String(port)}`] }, overTls),
          ...moved(1, { kind: "dns", name: "shop.example.com" }, overTls),
          ...moved(2, { kind: "dns", name: "_metrics._tcp.example.com", type: "SRV" }, overTls),
          ...moved(3, { kind: "dns", name: "shop.example.com" }, { ...overTls, auth: undefined }),
          ["machines.dns", { name: "machines.example.com", atLeast: 2 }],
        ),
        "dev.ts",
      );
      const { scrape_configs: jobs, ...rest } = quickScrapes(environment);
      const wanted = ["node-exporter", ...environment.services.map(({ name }) => name)];
      const scrape_configs = jobs.filter(({ job_name }) => wanted.includes(job_name));
      return stringify({ ...rest, scrape_configs }).replaceAll("/run/secrets/", `${folder}/`);
    }

    async function targetsOf(job: string): Promise<readonly Target[]> {
      return (await prometheus.targets()).filter(({ scrapePool }) => scrapePool === job);
    }

    async function instancesOf(job: string): Promise<readonly (string | undefined)[]> {
      return (await targetsOf(job)).map(({ labels }) => labels.instance).sort();
    }

    const [first = "", second = "", third = "", fourth = ""] = (dev.services as { name: string }[]).map(
      ({ name }) => name,
    );

    it.each([
      [first, () => `127.0.0.1:${String(port)}`],
      [second, () => "127.0.0.1"],
      [third, () => "localhost"],
    ])("over TLS, with a password from a file, whatever it was found by: %s", async (name, instance) => {
      await until(async () => (await targetsOf(name))[0]?.health === "up");
      const [target] = await targetsOf(name);
      expect(target?.labels).toMatchObject({ service: name, environment: "dev", instance: instance() });
      await until(
        async () => (await prometheus.query(`http_requests_total{service="${name}"}`)).length === 1,
      );
    });

    it("not without the password", async () => {
      await until(async () => (await targetsOf(fourth))[0]?.health === "down");
      expect((await targetsOf(fourth))[0]?.lastError).toContain("401");
    });

    it("by the records of their name, each under its address, and follows a change", async () => {
      await until(async () => (await instancesOf("node-exporter")).length === 3);
      expect(await instancesOf("node-exporter")).toEqual(["127.0.0.11", "127.0.0.12", "docker-host"]);
      dns.records.set("machines.example.com", [{ type: "A", address: "127.0.0.13" }]);
      await until(async () => (await instancesOf("node-exporter")).join() === "127.0.0.13,docker-host");
    });

    it("keeps no secret in its configuration", async () => {
      const shown = await (await fetch(`${prometheus.url}/api/v1/status/config`)).text();
      expect(shown).toContain("/shop_password");
      expect(shown).not.toContain(password);
    });
  });
});
