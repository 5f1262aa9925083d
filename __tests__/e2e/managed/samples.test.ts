import { setTimeout as sleep } from "node:timers/promises";
import { AgentsOnCortex, longestGap, samplesKept } from "../../support/agents-on-cortex";
import { ruleNamespacesOf } from "../../../stacks/system";
import { failoverSeconds, groupsIn } from "../../support/cortex";
import { managedWith } from "../../support/environments/managed-agents";
import { cortexProgram, prometheusProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

/** How long writes are refused. `MANAGED_OUTAGE_SECONDS=600` does so for ten minutes. */
const outageSeconds = Number(process.env.MANAGED_OUTAGE_SECONDS ?? "20");
/** How many series each service has. */
const copies = 100;

jest.setTimeout(180_000 + 2_000 * (outageSeconds + failoverSeconds));

describeWith([cortexProgram, prometheusProgram], "samples of agents in Cortex", () => {
  const folder = temporaryFolder();
  let agents: AgentsOnCortex | undefined;

  async function startWith(replicas: number): Promise<AgentsOnCortex> {
    const started = await AgentsOnCortex.start(folder, replicas, copies);
    agents = started;
    return started;
  }

  afterEach(async () => {
    await agents?.stop();
    agents = undefined;
  });

  it("are there once each, after refused writes and a restart of Cortex", async () => {
    const started = await startWith(1);
    const [agent = ""] = started.alive;
    const start = Date.now() / 1_000;
    started.front.answers = 503;
    await sleep(outageSeconds * 1_000);
    const log = await started.log(agent);
    started.front.answers = undefined;
    await started.cortex.restart();
    const end = Date.now() / 1_000;
    await until(async () => (await started.newest()) > end + 2, 90_000 + outageSeconds * 500);
    const caughtUp = Date.now() / 1_000 - end;
    const series = await started.samples(Date.now() / 1_000 - start + 10);
    const kept = samplesKept(series);
    console.info(
      `Refused for ${String(outageSeconds)} s: ${String(kept.samples)} samples of ${String(kept.series)} series, ` +
        `${String(kept.lost)} lost, ${String(kept.doubled)} doubled; all there ${caughtUp.toFixed(1)} s after the end; ` +
        `${(log.bytes / 1e6).toFixed(2)} MB of log for ${String(log.appended)} samples`,
    );
    expect(kept).toMatchObject({ lost: 0, doubled: 0 });
    expect(kept.series).toBeGreaterThan(300);
    expect(kept.samples).toBeGreaterThan(kept.series * outageSeconds * 0.95);
    // From before the outage until after it: what is compared is the whole of it.
    const spans = series.map(({ values }) => [values[0]?.[0] ?? NaN, values.at(-1)?.[0] ?? NaN]);
    expect(spans.filter(([first = NaN, last = NaN]) => !(first < start && last > end + 2))).toEqual([]);
  });

  it("of two replicas are those of one, and go on when that one is gone", async () => {
    const started = await startWith(2);
    const { client } = started.cortex;
    expect(await client.query('count({__replica__!=""})')).toEqual([]);
    const [both] = await client.query("max(count by (job, instance, copy) (scrapes_total))");
    expect(both?.value).toBe(1);
    for (const [namespace, yaml] of Object.entries(ruleNamespacesOf(managedWith({ shards: 1, replicas: 2 }))))
      await started.cortex.putRules(namespace, groupsIn(yaml.replace(/interval: \w+/g, "interval: 2s")));
    const isEvaluated = async () => {
      const rules = (await client.ruleGroups()).flatMap((group) => group.rules);
      return rules.length > 150 && rules.every(({ health }) => health !== "unknown");
    };
    await until(isEvaluated, 60_000);
    await sleep(10_000);
    const before = await alertsOf(started, 60);
    await started.kill(await started.heard());
    const killed = Date.now() / 1_000;
    await until(
      async () => (await started.newest()) > killed + failoverSeconds + 10,
      90_000 + failoverSeconds * 1_000,
    );
    const longest = longestGap(await started.samples(Date.now() / 1_000 - killed + 10));
    console.info(`longest time without a sample: ${longest.toFixed(1)} s, at ${String(failoverSeconds)} s`);
    // Until the tracker hears the other: its own wait, an agent's wait for a batch (5 s), and a scrape on each side.
    expect(longest).toBeLessThan(failoverSeconds + 5 + 2.5);
    // None waits to fire, either, that did not before: the rules look back on more than the time without samples.
    const after = await alertsOf(started, Date.now() / 1_000 - killed);
    expect(before.length).toBeGreaterThan(0);
    expect(after.filter((alert) => !before.includes(alert))).toEqual([]);
  });

  /** The alerts that fired or waited to in the last seconds, by name, severity and what they are about. */
  async function alertsOf({ cortex }: AgentsOnCortex, seconds: number): Promise<readonly string[]> {
    const found = await cortex.client.query(`last_over_time(ALERTS[${String(Math.ceil(seconds))}s])`);
    return found.map(({ metric }) => {
      const { alertname = "", severity = "", service = "", instance = "" } = metric;
      return [alertname, severity, service, instance].join(" ");
    });
  }
});
