import { setTimeout as sleep } from "node:timers/promises";
import type { ManagedProcess } from "../../../demo/processes";
import { freePorts } from "../../../operations/loopback-port";
import { type RenderedAgent, renderedAgents, startAgent } from "../../support/agents";
import { failoverSeconds, TestCortex } from "../../support/cortex";
import { CountedTargets } from "../../support/counted-targets";
import { managedWith } from "../../support/environments/managed-agents";
import { cortexProgram, prometheusProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { SignedReceiver, type Signer } from "../../support/signed-receiver";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

jest.setTimeout(180_000);

const signer: Signer = {
  accessKeyId: "AKIDAGENTS",
  secretAccessKey: "a-secret",
  region: "eu-central-1",
  service: "aps",
};

describeWith([cortexProgram, prometheusProgram], "samples of agents in Cortex", () => {
  const folder = temporaryFolder();
  let cortex: TestCortex;
  let front: SignedReceiver;
  let targets: CountedTargets;
  let agents: ManagedProcess[] = [];

  async function startWith(replicas: number): Promise<void> {
    const environment = managedWith({ shards: 1, replicas });
    const own = folder();
    cortex = await TestCortex.start(folder());
    front = await SignedReceiver.start(cortex.url, signer);
    targets = await CountedTargets.start(environment);
    const rendered = renderedAgents(environment, own);
    const ports = await freePorts(rendered.length);
    const env = { AWS_ACCESS_KEY_ID: signer.accessKeyId, AWS_SECRET_ACCESS_KEY: signer.secretAccessKey };
    const start = (agent: RenderedAgent, index: number) =>
      startAgent(agent, {
        folder: own,
        port: ports[index] ?? 0,
        addressOf: targets.addressOf,
        writeUrl: `${front.url}/api/v1/push`,
        env,
      });
    agents = await Promise.all(rendered.map(start));
    await until(
      async () =>
        (await cortex.client.query("up == 1")).length > 8 &&
        (await cortex.client.query("scrapes_total > 5")).length > 3,
      45_000,
    );
  }

  afterEach(async () => {
    await Promise.all(agents.map((agent) => agent.stop()));
    targets.stop();
    await front.stop();
    await cortex.stop();
  });

  it("are there once each, after refused writes and a restart of Cortex", async () => {
    await startWith(1);
    front.answers = 503;
    await sleep(20_000);
    front.answers = undefined;
    await cortex.restart();
    const end = Date.now() / 1_000;
    await until(async () => (await newest()) > end + 2, 90_000);
    const series = await samples(120);
    expect(series.length).toBeGreaterThan(3);
    // A target counts its scrapes: a number that is missing is a sample lost, one that is there again is one doubled.
    const wrong = series.flatMap(({ metric, values }) =>
      values.flatMap(([, value], index) => {
        const [, before] = values[index - 1] ?? [0, value - 1];
        return value === before + 1 ? [] : [`${metric.instance ?? ""}: ${String(before)}, ${String(value)}`];
      }),
    );
    expect(wrong).toEqual([]);
    const count = series.reduce((sum, { values }) => sum + values.length, 0);
    expect(count).toBeGreaterThan(series.length * 20);
    console.info(`${String(count)} samples of ${String(series.length)} targets: none lost, none doubled`);
  });

  it("of two replicas are those of one, and go on when that one is gone", async () => {
    await startWith(2);
    expect(await cortex.client.query('count({__replica__!=""})')).toEqual([]);
    const [both] = await cortex.client.query("max(count by (job, instance) (scrapes_total))");
    expect(both?.value).toBe(1);
    await sleep(10_000);
    const page = await (await fetch(`${cortex.url}/distributor/ha_tracker`)).text();
    const heard = agents.filter(({ spec }) => page.includes(spec.name));
    expect(heard.length).toBe(1);
    heard[0]?.kill("SIGKILL");
    const killed = Date.now() / 1_000;
    await until(async () => (await newest()) > killed + 15, 90_000);
    const gaps = (await samples(60)).map(({ values }) =>
      Math.max(...values.slice(1).map(([time], index) => time - (values[index]?.[0] ?? time))),
    );
    const longest = Math.max(...gaps);
    console.info(`longest time without a sample: ${longest.toFixed(1)} s`);
    // Until the tracker hears the other: its own wait, an agent's wait for a batch (5 s), and a scrape on each side.
    expect(longest).toBeLessThan(failoverSeconds + 5 + 2.5);
  });

  async function newest(): Promise<number> {
    const [found] = await cortex.client.query("min(timestamp(scrapes_total))");
    return found?.value ?? 0;
  }

  /** The samples of each target in the last seconds, as time and count. */
  async function samples(seconds: number) {
    const query = encodeURIComponent(`scrapes_total[${String(seconds)}s]`);
    const { result } = await cortex.client.get<{
      result: { metric: Record<string, string>; values: [number, string][] }[];
    }>(`/api/v1/query?query=${query}`);
    return result.map(({ metric, values }) => ({
      metric,
      values: values.map(([time, value]) => [time, Number(value)] as const),
    }));
  }
});
