import { mkdirSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ManagedProcess } from "../../../demo/processes";
import { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { freePorts } from "../../../operations/loopback-port";
import { scrapeConfigs } from "../../../stacks/scrape-configs";
import { type RenderedAgent, renderedAgents, startAgent } from "../../support/agents";
import { managedWith } from "../../support/environments/managed-agents";
import { startPrometheus } from "../../support/prometheus";
import { prometheusProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { SignedReceiver } from "../../support/signed-receiver";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

jest.setTimeout(240_000);

const environment = managedWith({ shards: 2, replicas: 2 });
const signer = {
  accessKeyId: "AKIDAGENTS",
  secretAccessKey: "a-secret",
  region: "eu-central-1",
  service: "aps",
};
const env = { AWS_ACCESS_KEY_ID: signer.accessKeyId, AWS_SECRET_ACCESS_KEY: signer.secretAccessKey };

/** All that is scraped and is no agent. */
const targets = scrapeConfigs(environment)
  .filter(({ jobName }) => jobName !== "prometheus")
  .flatMap(({ jobName, staticConfigs }) =>
    staticConfigs.flatMap(({ targets: addresses, labels }) =>
      addresses.map((address) => ({ jobName, address, instance: labels?.instance })),
    ),
  );

describeWith([prometheusProgram], "agents that write to a workspace", () => {
  const folder = temporaryFolder();
  const localOf = new Map<string, string>();
  const servers: Server[] = [];
  const agents = new Map<string, { readonly process: ManagedProcess; readonly port: number }>();
  let rendered: readonly RenderedAgent[];
  let store: { readonly process: ManagedProcess; readonly url: string };
  let asked: PrometheusClient;
  let receiver: SignedReceiver;

  beforeAll(async () => {
    rendered = renderedAgents(environment, folder());
    const addresses = [...new Set(targets.map(({ address }) => address))];
    const ports = await freePorts(addresses.length + rendered.length);
    addresses.forEach((address, index) => localOf.set(address, `127.0.0.1:${String(ports[index])}`));
    rendered.forEach(({ name }, index) =>
      localOf.set(`${name}.management:9090`, `127.0.0.1:${String(ports[addresses.length + index])}`),
    );
    await Promise.all(addresses.map((_, index) => serveMetrics(ports[index] ?? 0)));
    const own = join(folder(), "store");
    mkdirSync(own);
    writeFileSync(
      join(own, "prometheus.yml"),
      JSON.stringify({ storage: { tsdb: { out_of_order_time_window: "30m" } } }),
    );
    store = await startPrometheus(own, ["--web.enable-remote-write-receiver"]);
    asked = new PrometheusClient(store.url);
    receiver = await SignedReceiver.start(store.url, signer);
    await Promise.all(
      rendered.map(async (agent) => {
        const port = Number(localOf.get(`${agent.name}.management:9090`)?.split(":")[1]);
        const process = await startAgent(agent, {
          folder: folder(),
          port,
          addressOf: (address) => localOf.get(address) ?? address,
          writeUrl: `${receiver.url}/api/v1/write`,
          env,
        });
        agents.set(agent.name, { process, port });
      }),
    );
  });

  afterAll(async () => {
    await Promise.all([...agents.values()].map(({ process }) => process.stop()));
    // Each is undefined where the beginning failed.
    await (receiver as SignedReceiver | undefined)?.stop();
    await (store as typeof store | undefined)?.process.stop();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  it("scrape every target once in each replica, by one shard alone", async () => {
    const wanted = targets.map(
      ({ jobName, address, instance }) => `${jobName} ${instance ?? localOf.get(address) ?? ""}`,
    );
    expect(wanted.length).toBeGreaterThan(8);
    const perShard = () => asked.query('count by (job, instance, cluster) (up{job!="prometheus"} == 1)');
    const twice = async () => (await perShard()).filter(({ value }) => value === 2);
    await until(async () => (await twice()).length >= wanted.length, 90_000);
    const found = await perShard();
    expect(found.map(({ metric }) => `${metric.job ?? ""} ${metric.instance ?? ""}`).sort()).toEqual(
      [...wanted].sort(),
    );
    expect(found.filter(({ value }) => value !== 2)).toEqual([]);
    expect(new Set(found.map(({ metric }) => metric.cluster))).toEqual(new Set(["managed-1", "managed-2"]));
  });

  it("watch each other within their shard", async () => {
    const query = 'count by (cluster, instance) (up{job="prometheus"} == 1)';
    await until(async () => (await asked.query(query)).length === 4, 60_000);
    const found = (await asked.query(query)).map(({ metric, value }) => [
      metric.cluster,
      metric.instance,
      value,
    ]);
    expect(found.sort()).toEqual(
      rendered.map(({ name }) => [`managed-${name.split("-")[2] ?? ""}`, `${name}:9090`, 2]).sort(),
    );
  });

  it("sign each request as AWS asks for: what is not so is refused", async () => {
    const before = receiver.count.signed;
    await until(() => Promise.resolve(receiver.count.signed > before + 4), 30_000);
    expect(receiver.count.refused).toBe(0);
    const unsigned = await fetch(`${receiver.url}/api/v1/write`, { method: "POST", body: "samples" });
    expect(unsigned.status).toBe(403);
    expect(receiver.count.refused).toBe(1);
  });

  it.each([503, 429])(
    "lose nothing while the workspace answers %i, and of two of a shard one can die",
    async (status) => {
      const start = Date.now() / 1_000;
      const victim = status === 503 ? "prometheus-agent-1-1" : "prometheus-agent-2-2";
      await sleep(3_000);
      receiver.answers = status;
      await sleep(5_000);
      agents.get(victim)?.process.kill("SIGKILL");
      await sleep(15_000);
      receiver.answers = undefined;
      const end = Date.now() / 1_000;
      const alive = rendered.filter(({ name }) => agents.get(name)?.process.isRunning === true);
      expect(alive.map(({ name }) => name)).not.toContain(victim);
      for (const { name } of alive) {
        // All that it scraped before the end of the outage is there, a sample each second.
        await until(async () => (await newestOf(name)) > end, 90_000);
        const gaps = await gapsOf(name, start, end);
        expect(gaps.series).toBeGreaterThan(2);
        expect([name, gaps.longest < 2.5]).toEqual([name, true]);
      }
      const silent = await gapsOf(victim, start, end);
      expect(silent.series === 0 || silent.last < end - 10).toBe(true);
    },
  );

  it("keep a sample of what waits in few bytes", async () => {
    const { port } = agents.get("prometheus-agent-1-2") ?? { port: 0 };
    const metrics = await (await fetch(`http://127.0.0.1:${String(port)}/metrics`)).text();
    const valueOf = (name: string) =>
      Number(new RegExp(`^${name}(?:\\{[^}]*type="float"[^}]*\\})? (\\S+)$`, "m").exec(metrics)?.[1]);
    const perSample =
      valueOf("prometheus_tsdb_wal_storage_size_bytes") / valueOf("prometheus_agent_samples_appended_total");
    console.info(`${perSample.toFixed(1)} bytes of log a sample`);
    expect(perSample).toBeGreaterThan(0);
    expect(perSample).toBeLessThan(200);
  });

  async function newestOf(replica: string): Promise<number> {
    const [newest] = await asked.query(`max(timestamp(up{__replica__="${replica}"}))`);
    return newest?.value ?? 0;
  }

  /** The longest time between two samples of one target that an agent has written within a time. */
  async function gapsOf(replica: string, start: number, end: number) {
    const range = `${String(Math.ceil(end - start))}s`;
    const selector = `up{__replica__="${replica}", job!="prometheus"}[${range}] @ ${end.toFixed(3)}`;
    const { result } = await asked.get<{ result: { values: [number, string][] }[] }>(
      `/api/v1/query?query=${encodeURIComponent(selector)}`,
    );
    const times = result.map(({ values }) => values.map(([time]) => time));
    const longest = times.map((each) =>
      Math.max(...[...each, end].map((time, index) => time - (each[index - 1] ?? start))),
    );
    return {
      series: result.length,
      longest: Math.max(...longest),
      last: Math.max(...times.map((each) => each.at(-1) ?? 0)),
    };
  }

  async function serveMetrics(port: number): Promise<void> {
    const server = createServer((_, response) => {
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end("# TYPE up_for gauge\nup_for 1\n");
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  }
});
