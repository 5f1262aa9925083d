import { setTimeout as sleep } from "node:timers/promises";
import { AgentsOnCortex, longestGap, samplesKept } from "../../support/agents-on-cortex";
import { failoverSeconds } from "../../support/cortex";
import { cortexProgram, prometheusProgram } from "../../support/programs";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

/** How long writes are refused before and after the agent is killed. */
const halfSeconds = 10;
/** How long an agent waits for a batch to be full: Prometheus's own default. */
const batchSeconds = 5;

jest.setTimeout(180_000);

describeWith([cortexProgram, prometheusProgram], "an agent that is killed while writes are refused", () => {
  const folder = temporaryFolder();
  const all: AgentsOnCortex[] = [];
  const cases: Record<string, Awaited<ReturnType<typeof killedOf>>> = {};

  /** Refuses writes, kills the agent that is heard in the middle, and gives what became of the samples. */
  async function killedOf(replicas: number, { isBack }: { readonly isBack: boolean }) {
    const started = await AgentsOnCortex.start(folder, replicas);
    all.push(started);
    // The samples of one of two are taken from here on.
    await sleep(3_000);
    const victim = replicas === 1 ? (started.alive[0] ?? "") : await started.heard();
    const start = Date.now() / 1_000;
    started.front.answers = 503;
    await sleep(halfSeconds * 1_000);
    await started.kill(victim);
    if (isBack) await started.startAgain(victim);
    const restarted = Date.now() / 1_000;
    await sleep(halfSeconds * 1_000);
    started.front.answers = undefined;
    const end = Date.now() / 1_000;
    await until(async () => (await started.newest()) > end + failoverSeconds + 5, 90_000);
    const series = await started.samples(Date.now() / 1_000 - start + 10);
    return { series, start, restarted, end };
  }

  beforeAll(async () => {
    // They wait most of the time: beside one another.
    const [alone, gone, back] = await Promise.all([
      killedOf(1, { isBack: true }),
      killedOf(2, { isBack: false }),
      killedOf(2, { isBack: true }),
    ]);
    Object.assign(cases, { alone, gone, back });
  });
  afterAll(() => Promise.all(all.map((each) => each.stop())));

  it("has lost what it had not sent: it sends what it scrapes after its start", () => {
    const { series, start, restarted } = caseOf("alone");
    const kept = samplesKept(series);
    const perSeries = kept.lost / kept.series;
    const unsent = restarted - start;
    console.info(
      `One agent, killed ${unsent.toFixed(1)} s after the first refusal: ${String(kept.lost)} samples lost, ` +
        `${perSeries.toFixed(1)} of each series; longest gap ${longestGap(series).toFixed(1)} s`,
    );
    // Were they sent, docs/managed-prometheus-agents.md would have to say so.
    expect(perSeries).toBeGreaterThan(halfSeconds - 2);
    // What was on its way to the queue when the refusals began is lost, too.
    expect(perSeries).toBeLessThan(unsent + batchSeconds + 2);
    expect(kept.doubled).toBe(0);
    const later = series.map(({ name, values }) => ({
      name,
      values: values.filter(([time]) => time > restarted + 2),
    }));
    expect(samplesKept(later)).toMatchObject({ lost: 0, doubled: 0 });
    expect(Math.min(...later.map(({ values }) => values.length))).toBeGreaterThan(halfSeconds);
  });

  it("has lost what it had scraped in the last seconds, where the other of two has its samples", () => {
    const { series } = caseOf("gone");
    const longest = longestGap(series);
    console.info(`Two agents, one killed for good: longest gap ${longest.toFixed(1)} s`);
    expect(samplesKept(series).doubled).toBe(0);
    // The batch that the one had not sent may be one that the other had sent, and was not heard with.
    expect(longest).toBeLessThan(batchSeconds + 2.5);
  });

  it("is heard before the other where it writes first: then that one's samples of the time are not taken", () => {
    const { series, start, end } = caseOf("back");
    const longest = longestGap(series);
    console.info(`Two agents, one killed and started again: longest gap ${longest.toFixed(1)} s`);
    expect(samplesKept(series).doubled).toBe(0);
    // Which of them writes first is not known: at most what was refused is missing, and nothing that came later.
    expect(longest).toBeLessThan(end - start + batchSeconds + 2.5);
    const later = series.map(({ name, values }) => ({
      name,
      values: values.filter(([time]) => time > end + batchSeconds),
    }));
    expect(longestGap(later)).toBeLessThan(2.5);
  });

  function caseOf(name: "alone" | "gone" | "back") {
    const found = cases[name];
    if (!found) throw new Error("It has not run.");
    return found;
  }
});
