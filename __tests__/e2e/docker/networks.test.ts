import { setTimeout as sleep } from "node:timers/promises";
import { DeployedStacks, deployedPrograms, imageOf } from "../../support/deployed-stacks";
import { describeWithEngine, DockerEngine } from "../../support/docker-engine";
import { parseEnvironment } from "../../support/environments";
import { local } from "../../support/environments/local";
import {
  addressesOf,
  host,
  inNetwork,
  type Listener,
  listenersOf,
  openWays,
  tableOf,
} from "../../support/reachability";
import { describeUnless, lackOf } from "../../support/require-program";
import { synthesizeEnvironments } from "../../support/synth";
import { until } from "../../support/until";

jest.setTimeout(300_000);

/** With two Alertmanagers and probes of a service by its name: all that an environment can have on its networks. */
const environment = parseEnvironment(
  {
    ...local,
    // The test asks for containers by the names that they have on their networks.
    docker: { names: "plain" },
    alerting: { ...local.alerting, replicas: 2 },
    blackboxExporter: {},
    services: local.services.map((service) =>
      service.hostPort === undefined
        ? service
        : { ...service, publicUrl: `http://${service.name}:${String(service.port)}` },
    ),
  },
  "e2e",
);
const services = environment.services.map(({ name }) => name);
const portsOf = new Map(
  environment.services.map(({ name, port, metricsPort }) => [
    name,
    metricsPort === undefined ? [port] : [port, metricsPort],
  ]),
);

const asked = (url: string) =>
  `fetch(${JSON.stringify(url)}).then(async (r) => console.log(r.status, await r.text()))`;

describeUnless(lackOf(deployedPrograms), "The networks of the stacks", () => {
  describeWithEngine("on an engine with its firewall", () => {
    let engine: DockerEngine;
    let deployed: DeployedStacks;
    let listeners: readonly Listener[];
    let addresses: ReadonlyMap<string, readonly string[]>;
    const names = () => deployed.containers.map(({ name }) => name);
    const fromHost = (url: string) => inNetwork(engine, undefined, asked(url));
    const published = (name: string) => {
      const port = deployed.containers.find((each) => each.name === name)?.ports?.[0]?.external;
      if (port === undefined) throw new Error(`${name} is published nowhere.`);
      return `http://127.0.0.1:${String(port)}`;
    };

    beforeAll(async () => {
      engine = await DockerEngine.start({ ownHost: true });
      const files = synthesizeEnvironments([environment]);
      const texts = ["docker", "alertmanager"].map(
        (kind) => files.get(`stacks/local-${kind}/cdk.tf.json`) ?? "",
      );
      deployed = await DeployedStacks.deploy(engine, texts, Object.fromEntries(portsOf));
      await until(async () => {
        const listed = await fromHost(`${published("prometheus")}/api/v1/targets?state=active`).catch(
          () => "",
        );
        return listed.includes('"health":"up"') && !listed.includes('"health":"unknown"');
      }, 120_000);
      listeners = await listenersOf(
        engine,
        names().filter((name) => name !== "node-exporter"),
      );
      addresses = await addressesOf(
        engine,
        names().filter((name) => name !== "node-exporter"),
        deployed.networks.map(({ name }) => name),
      );
    });
    afterAll(async () => {
      await engine.stop();
    });

    it("have all that runs, listening", () => {
      const owners = new Set(listeners.map(({ owner }) => owner));
      expect([...owners].sort()).toEqual(
        [...names().filter((name) => name !== "node-exporter"), host].sort(),
      );
    });

    it.each(services)(
      "let %s reach other services, spans' way to Jaeger, the machine's metrics, and nothing else",
      async (from) => {
        const ways = await openWays(engine, from, listeners, addresses);
        process.stdout.write(`${tableOf(from, ways)}\n`);
        const reached = [...new Set(ways.map(({ owner, port }) => `${owner}:${String(port)}`))].sort();
        const others = services.filter((name) => name !== from);
        expect(reached).toEqual(
          [
            ...others.flatMap((name) => (portsOf.get(name) ?? []).map((port) => `${name}:${String(port)}`)),
            "jaeger:4317",
            "jaeger:4318",
            `${host}:9100`,
          ].sort(),
        );
      },
    );

    it("let Prometheus scrape all that it is to scrape", async () => {
      const answer = await fromHost(`${published("prometheus")}/api/v1/targets?state=active`);
      const { data } = JSON.parse(answer.slice(answer.indexOf("{"))) as {
        data: { activeTargets: { labels: { job: string }; health: string; lastError: string }[] };
      };
      const down = data.activeTargets.filter(
        ({ health, labels }) => health !== "up" && labels.job !== "probe",
      );
      expect(down).toEqual([]);
      const jobs = new Set(data.activeTargets.map(({ labels }) => labels.job));
      for (const job of [
        "prometheus",
        "alertmanager",
        "jaeger",
        "span-metrics",
        "blackbox-exporter",
        "node-exporter",
      ]) {
        expect(jobs).toContain(job);
      }
    });

    it("let the probe from outside reach the service that it asks", async () => {
      const query = encodeURIComponent("probe_http_status_code");
      const answer = await fromHost(`${published("prometheus")}/api/v1/query?query=${query}`);
      expect(answer).toContain('"value":[');
      expect(answer).toMatch(/,"200"\]/);
    });

    it.each([
      ["grafana", "http://prometheus:9090/-/ready"],
      ["grafana", "http://jaeger:16686/api/services"],
      ["grafana", "http://alertmanager:9093/-/ready"],
      ["grafana", "http://loki:3100/"],
      ["prometheus", "http://alertmanager-2:9093/-/ready"],
      ["alertmanager", "http://inbox:8025/"],
      ["log-shipper", "http://loki:3100/"],
    ])("let %s ask %s", async (from, url) => {
      const { hostname } = new URL(url);
      const script = `
        const { Resolver } = require("node:dns").promises;
        const resolver = new Resolver();
        resolver.setServers(["127.0.0.11"]);
        resolver.resolve4(${JSON.stringify(hostname)}).then(([address]) =>
          fetch(${JSON.stringify(url)}.replace(${JSON.stringify(hostname)}, address)).then((r) => console.log(r.status)));`;
      expect(await inNetwork(engine, from, script)).toBe("200");
    });

    it.each([
      "prometheus",
      "grafana",
      "jaeger",
      "alertmanager",
      "alertmanager-2",
      "inbox",
      "moto",
      "api-gateway",
    ])("let people on the host reach %s at its published port", async (name) => {
      const path = name === "jaeger" ? "/api/services" : "/metrics";
      expect(await fromHost(`${published(name)}${path}`)).toMatch(/^200 /);
    });

    it("still publish the ports after everything was started again", async () => {
      await engine.docker("restart", "prometheus", "jaeger");
      for (const [name, path] of [
        ["prometheus", "/-/ready"],
        ["jaeger", "/api/services"],
      ] as const) {
        await until(async () =>
          (await fromHost(`${published(name)}${path}`).catch(() => "")).startsWith("200"),
        );
      }
    });

    it("take a service's spans to Jaeger", async () => {
      const [from = ""] = services;
      const now = `${String(Date.now())}000000`;
      const span = {
        ...{
          traceId: "5b8efff798038103d269b633813fc60c",
          spanId: "eee19b7ec3c1b174",
          name: "parcel",
          kind: 2,
        },
        ...{ startTimeUnixNano: now, endTimeUnixNano: now },
      };
      const attributes = [{ key: "service.name", value: { stringValue: "parcels" } }];
      const body = JSON.stringify({
        resourceSpans: [{ resource: { attributes }, scopeSpans: [{ spans: [span] }] }],
      });
      const [address = ""] = (addresses.get("jaeger") ?? []).filter((each) => each.startsWith("172.30.90."));
      const script = `fetch("http://${address}:4318/v1/traces", {
        method: "POST", headers: { "content-type": "application/json" }, body: ${JSON.stringify(body)},
      }).then((r) => console.log(r.status))`;
      expect(await inNetwork(engine, from, script)).toBe("200");
      await until(async () => (await fromHost(`${published("jaeger")}/api/services`)).includes("parcels"));
    });

    describe("of the Alertmanagers", () => {
      const peers = async (name: string) => {
        const status = await fromHost(`${published(name)}/api/v2/status`);
        const { cluster } = JSON.parse(status.slice(4)) as { cluster: { peers: { address: string }[] } };
        return cluster.peers.map(({ address }) => address).sort();
      };
      const both = ["172.30.88.2:9094", "172.30.88.3:9094"];

      it("has the two as one cluster", async () => {
        await until(async () => (await peers("alertmanager")).length === 2);
        expect([await peers("alertmanager"), await peers("alertmanager-2")]).toEqual([both, both]);
      });

      it.each(["grafana", "prometheus", "cadvisor", ...services])("has no way in for %s", async (from) => {
        const gossip = listeners.filter(({ owner, port }) => owner !== host && port === 9094);
        expect(gossip.map(({ owner }) => owner).sort()).toEqual(["alertmanager", "alertmanager-2"]);
        expect(await openWays(engine, from, gossip, addresses)).toEqual([]);
      });

      /** What the two know of their cluster while another Alertmanager tries to join it from a network. */
      const whileStrangerTries = async (network: string, ...own: readonly string[]) => {
        const [atNetwork, listening] = own;
        await engine.docker(
          ...["run", "--detach", "--name", "stranger", "--network", network, "--tmpfs", "/data:mode=1777"],
          ...(atNetwork === undefined ? [] : ["--ip", atNetwork]),
          imageOf("alertmanager"),
          ...["--config.file=/etc/stranger.yml", "--storage.path=/data"],
          ...both.map((peer) => `--cluster.peer=${peer}`),
          "--cluster.peer=alertmanager:9094",
          ...(listening === undefined ? [] : [`--cluster.listen-address=${listening}`]),
        );
        try {
          await sleep(8_000);
          const known = [await peers("alertmanager"), await peers("alertmanager-2")];
          const running = await engine.docker("inspect", "--format", "{{.State.Running}}", "stranger");
          return { known, running };
        } finally {
          await engine.docker("rm", "--force", "stranger");
        }
      };

      it.each(["management-network", "monitoring-network", "microservices-network"])(
        "lets no stranger on the %s join, who knows where they listen",
        async (network) => {
          expect(await whileStrangerTries(network)).toEqual({ known: [both, both], running: "true" });
        },
      );

      it("would let one join who is on their own network, which is why nobody else is", async () => {
        const { known } = await whileStrangerTries("alertmanager-network", "172.30.88.9", "172.30.88.9:9094");
        const three = [...both, "172.30.88.9:9094"].sort();
        expect(known).toEqual([three, three]);
      });
    });
  });
});
