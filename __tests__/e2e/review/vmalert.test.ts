import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { now, recorded } from "../../../dashboards/known-traffic/timeline";
import { startKnownPrometheus } from "../../../preview/recording/known-data";
import type { RunningPrometheus } from "../../../preview/recording/program";
import { referenceEnvironment } from "../../../preview/recording/reference-environment";
import type { Past } from "../../../review/past/past";
import { PrometheusPast } from "../../../review/past/prometheus-past";
import { replayRules } from "../../../review/replay/rules";
import { replayVersions } from "../../../review/replay/replay-versions";
import { ruleFilesOf } from "../../../stacks/system";
import { firingSpans, spansOf } from "../../support/alert-spans";
import { alertsOnly, crossed, endingAtOnce, readsAlerts } from "../../support/alerts-only";
import { pastRecords } from "../../support/past-records";
import { prometheusProgram, promtool, vmalertProgram } from "../../support/programs";
import { startPrometheus } from "../../support/prometheus";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { vmalertReplay } from "../../support/vmalert";

jest.setTimeout(600_000);

const newFolder = temporaryFolder();
const hour = 3_600;
/** A full hour, at a multiple of each interval, from which both begin with nothing known of before. Seconds of Unix time. */
const from = Math.ceil(recorded.from / hour) * hour;
const evaluationInterval = "15s";

const title = "firings of a replay begin and end as those of vmalert's replay";
describeWith([prometheusProgram, promtool, vmalertProgram], title, () => {
  const ruleFiles = ruleFilesOf(referenceEnvironment());
  let source: RunningPrometheus | undefined;
  let past: Past;

  beforeAll(async () => {
    source = await startKnownPrometheus(newFolder());
    const known = await PrometheusPast.of(urlOf(source), (now - from) * 1_000, now * 1_000);
    past = {
      name: known.name,
      from: from * 1_000,
      to: now * 1_000,
      groups: [],
      gaps: known.gaps,
      lookback: known.lookback,
      // As for vmalert, what is recorded is what the data have.
      records: pastRecords(ruleFiles),
      evaluate: (expression, steps) => known.evaluate(expression, steps),
    };
  });
  afterAll(async () => {
    await source?.stop();
  });

  /** Prints how many firings there are, and gives those that are not the same. */
  async function compared(what: string, files: Readonly<Record<string, string>>) {
    const rules = replayRules(files, evaluationInterval);
    const version = { ruleFiles: files, evaluationInterval, externalLabels: {} };
    const times = { from: past.from, to: past.to, phaseOf: () => 0 };
    const [replayed] = await replayVersions([version], past, times);
    expect(replayed?.notReplayed).toEqual([]);
    const ours = firingSpans(replayed?.firings ?? [], past.to);
    const replay = { ruleFiles: files, evaluationInterval, from, to: now };
    const target = await startTarget();
    const urls = { source: urlOf(source), target: target.url };
    const theirs = await vmalertReplay({ ...replay, ...urls }, newFolder()).finally(() =>
      target.process.stop(),
    );

    const intervals = new Map(rules.map(({ name, group }) => [name, group.interval]));
    const keys = new Set([...ours.keys(), ...theirs.keys()]);
    const different: string[] = [];
    let firings = 0;
    for (const key of keys) {
      const { alertname = "" } = Object.fromEntries(JSON.parse(key) as [string, string][]);
      const own = ours.get(key) ?? [];
      const other = spansOf(theirs.get(key) ?? [], intervals.get(alertname) ?? NaN);
      firings += own.length;
      if (JSON.stringify(own) !== JSON.stringify(other)) {
        different.push(`${key}: ${JSON.stringify(own)}, vmalert ${JSON.stringify(other)}`);
      }
    }
    process.stderr.write(
      `${what}: rules ${String(rules.length)}, alerts ${String(keys.size)}, firings ${String(firings)}, different ${String(different.length)}\n`,
    );
    return { rules: rules.length, firings, different };
  }

  it("all alerting rules of an environment", async () => {
    const others: string[] = [];
    let ending = 0;
    const files = await alertsOnly(ruleFiles, (rule) => {
      if (readsAlerts(rule)) others.push(rule.alert);
      if (rule.keep_firing_for !== undefined) ending += 1;
      return readsAlerts(rule) ? [] : [endingAtOnce(rule)];
    });
    const { rules, firings, different } = await compared("as they are", files);
    process.stderr.write(
      `not compared, as they read ALERTS, which vmalert takes from the data and a replay from its rules: ${others.join(", ")}\n` +
        `without keep_firing_for, which vmalert's replay does not know: ${String(ending)} of the rules\n`,
    );
    expect(different).toEqual([]);
    expect(others.length).toBeLessThan(6);
    expect(rules).toBeGreaterThan(50);
    expect(firings).toBeGreaterThan(5);
  });

  it("the same with thresholds that their series cross", async () => {
    const files = await alertsOnly(ruleFiles, (rule) =>
      readsAlerts(rule) ? [] : crossed(endingAtOnce(rule), past),
    );
    const { rules, firings, different } = await compared("with crossed thresholds", files);
    expect(different).toEqual([]);
    expect(rules).toBeGreaterThan(100);
    expect(firings).toBeGreaterThan(1_000);
  });
});

/** A Prometheus with nothing in it that takes what vmalert writes. */
async function startTarget() {
  const folder = newFolder();
  mkdirSync(join(folder, "data"));
  // vmalert writes rule by rule, each from the beginning.
  const configuration = { storage: { tsdb: { out_of_order_time_window: "30d" } } };
  writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(configuration)); // JSON is YAML
  return startPrometheus(folder, [
    "--web.enable-remote-write-receiver",
    // The known time is long ago.
    "--storage.tsdb.retention.time=100y",
  ]);
}

function urlOf(prometheus: RunningPrometheus | undefined): string {
  return prometheus?.url.href.replace(/\/$/, "") ?? "";
}
