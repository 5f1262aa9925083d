import { now, recorded } from "../../../dashboards/known-traffic/timeline";
import type { ManagedProcess } from "../../../demo/processes";
import { startKnownPrometheus } from "../../../preview/recording/known-data";
import { referenceEnvironment } from "../../../preview/recording/reference-environment";
import type { Past } from "../../../review/past/past";
import { PrometheusPast } from "../../../review/past/prometheus-past";
import { replayVersions } from "../../../review/replay/replay-versions";
import { ruleFilesOf } from "../../../stacks/system";
import { NotingPrometheusClient } from "../../support/noting-prometheus-client";
import { prometheusProgram, promtool } from "../../support/programs";
import { startPrometheus } from "../../support/prometheus";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";

jest.setTimeout(600_000);

const newFolder = temporaryFolder();
const ruleFiles = ruleFilesOf(referenceEnvironment());
/** Of Prometheus's own limit, less than a thousandth is left. */
const mostSamples = 40_000;
const limits = [
  `--query.max-samples=${String(mostSamples)}`,
  "--query.max-concurrency=1",
  "--query.timeout=5s",
  // The known time is long ago.
  "--storage.tsdb.retention.time=100y",
];

describeWith([prometheusProgram, promtool], "a Prometheus that allows little", () => {
  const folder = newFolder();
  let limited: { readonly process: ManagedProcess; readonly url: string } | undefined;

  afterAll(async () => {
    await limited?.process.stop();
  });

  it("is asked for less at once, and the same fires", async () => {
    const generous = await startKnownPrometheus(folder);
    const free = new NotingPrometheusClient(generous.url.href.replace(/\/$/, ""));
    const whole = await replayed(free).finally(() => generous.stop());
    expect(free.refused).toBe(0);

    limited = await startPrometheus(folder, limits);
    const client = new NotingPrometheusClient(limited.url);
    const inParts = await replayed(client);
    process.stderr.write(
      `firings ${String(whole.firings.length)}; questions ${String(free.questions)}, with limits ${String(client.questions)}, ` +
        `of which ${String(client.refused)} were refused; the largest answer ${String(free.largest)} points, with limits ${String(client.largest)}\n`,
    );
    expect(inParts).toEqual(whole);
    expect(whole.firings.length).toBeGreaterThan(5);
    // The limits are felt, and half of what was too much is asked for next.
    expect(free.largest).toBeGreaterThan(mostSamples);
    expect(client.largest).toBeLessThanOrEqual(mostSamples);
    expect(client.refused).toBeGreaterThan(0);
    expect(client.refused).toBeLessThan(client.questions / 2);
    expect(client.mostPoints).toBeLessThanOrEqual(11_000);
    expect(client.mostAtOnce).toBeLessThanOrEqual(3);
  });
});

/** What fires where nothing that is recorded is in the past, so that all of it is asked for. */
async function replayed(client: NotingPrometheusClient) {
  const known = await PrometheusPast.of(client, (now - recorded.from) * 1_000, now * 1_000);
  const past: Past = {
    name: known.name,
    from: known.from,
    to: known.to,
    groups: [],
    gaps: known.gaps,
    lookback: known.lookback,
    records: [],
    evaluate: (expression, steps) => known.evaluate(expression, steps),
  };
  const version = { ruleFiles, evaluationInterval: "5s", externalLabels: {} };
  const time = { from: recorded.from * 1_000, to: now * 1_000, phaseOf: () => 0 };
  const [one] = await replayVersions([version], past, time);
  if (one === undefined) throw new Error("Nothing was replayed.");
  const firings = one.firings.map(({ valueAt, ...firing }) => ({
    ...firing,
    value: valueAt(firing.firedAt),
  }));
  return { firings, notReplayed: one.notReplayed };
}
