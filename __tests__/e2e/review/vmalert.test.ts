import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { now, recorded } from "../../../dashboards/known-traffic/timeline";
import type { ManagedProcess } from "../../../demo/processes";
import { startKnownPrometheus } from "../../../preview/recording/known-data";
import type { RunningPrometheus } from "../../../preview/recording/program";
import { referenceEnvironment } from "../../../preview/recording/reference-environment";
import type { Past } from "../../../review/past/past";
import { PrometheusPast } from "../../../review/past/prometheus-past";
import {
  alertSeries,
  replayRules,
  type ReplayRule,
  selectorsIn,
  takesName,
} from "../../../review/replay/rules";
import { replayVersions } from "../../../review/replay/replay-versions";
import { ruleFilesOf } from "../../../stacks/system";
import { firingSpans, spansOf } from "../../support/alert-spans";
import { prometheusProgram, promtool, vmalertProgram } from "../../support/programs";
import { startPrometheus } from "../../support/prometheus";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { vmalertReplay } from "../../support/vmalert";

jest.setTimeout(600_000);

const newFolder = temporaryFolder();
const hour = 3_600;
/** A full hour, from which both begin, at a multiple of each interval, with nothing known of before. Seconds of Unix time. */
const from = Math.ceil(recorded.from / hour) * hour;
const evaluationInterval = "15s";

/** Why vmalert's replay of a rule is another one than Prometheus's evaluations; undefined where it is none. */
function otherSemantics(rule: ReplayRule): string | undefined {
  const readsAlerts = selectorsIn(rule.expr).some((selector) =>
    alertSeries.some((name) => takesName(selector, name)),
  );
  if (readsAlerts) return "it reads ALERTS, which vmalert takes from the data and the replay from the rules";
  if (rule.keepFiringFor > 0) return "vmalert's replay knows no keep_firing_for";
  return undefined;
}

describeWith(
  [prometheusProgram, promtool, vmalertProgram],
  "firings of a replay, as vmalert's replay has them",
  () => {
    let source: RunningPrometheus | undefined;
    let target: { readonly process: ManagedProcess; readonly url: string } | undefined;

    beforeAll(async () => {
      source = await startKnownPrometheus(newFolder());
      const folder = newFolder();
      mkdirSync(join(folder, "data"));
      // vmalert writes rule by rule, each from the beginning.
      const configuration = { storage: { tsdb: { out_of_order_time_window: "30d" } } };
      writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(configuration)); // JSON is YAML
      target = await startPrometheus(folder, [
        "--web.enable-remote-write-receiver",
        // The known time is long ago.
        "--storage.tsdb.retention.time=100y",
      ]);
    });
    afterAll(async () => {
      await target?.process.stop();
      await source?.stop();
    });

    it("begin and end of each, of all alerting rules of an environment", async () => {
      const ruleFiles = ruleFilesOf(referenceEnvironment());
      const rules = replayRules(ruleFiles, evaluationInterval);
      const alerts = rules.filter(({ kind }) => kind === "alert");
      const url = source?.url.href.replace(/\/$/, "") ?? "";
      const known = await PrometheusPast.of(url, (now - from) * 1_000, now * 1_000);
      const past: Past = {
        name: known.name,
        from: from * 1_000,
        to: now * 1_000,
        groups: [],
        gaps: known.gaps,
        lookback: known.lookback,
        // As for vmalert, what is recorded is what the data have.
        records: rules
          .filter(({ kind }) => kind === "record")
          .map(({ name, expr, labels }) => ({ name, expr: expr.text, labels })),
        evaluate: (expression, steps) => known.evaluate(expression, steps),
      };
      const version = { ruleFiles, evaluationInterval, externalLabels: {} };
      const times = { from: past.from, to: past.to, phaseOf: () => 0 };
      const [replayed] = await replayVersions([version], past, times);
      const ours = firingSpans(replayed?.firings ?? [], past.to);
      const theirs = await vmalertReplay(
        { ruleFiles, evaluationInterval, from, to: now, source: url, target: target?.url ?? "" },
        newFolder(),
      );

      const compared = { alerts: 0, firings: 0, different: [] as string[] };
      const others = alerts.flatMap((rule) => {
        const reason = otherSemantics(rule);
        return reason === undefined ? [] : [{ name: rule.name, reason }];
      });
      const intervals = new Map(alerts.map(({ name, group }) => [name, group.interval]));
      for (const key of new Set([...ours.keys(), ...theirs.keys()])) {
        const { alertname = "" } = Object.fromEntries(JSON.parse(key) as [string, string][]);
        if (others.some(({ name }) => name === alertname)) continue;
        const [own, other] = [
          ours.get(key) ?? [],
          spansOf(theirs.get(key) ?? [], intervals.get(alertname) ?? 0),
        ];
        compared.alerts += 1;
        compared.firings += own.length;
        if (JSON.stringify(own) !== JSON.stringify(other)) {
          compared.different.push(`${key}: ${JSON.stringify(own)}, vmalert ${JSON.stringify(other)}`);
        }
      }
      const { length: differing } = compared.different;
      process.stderr.write(
        `${String(alerts.length)} rules, ${String(compared.alerts)} alerts, ${String(compared.firings)} firings, different ${String(differing)}\n`,
      );
      for (const { name, reason } of others) process.stderr.write(`not compared: ${name}, as ${reason}\n`);
      expect(replayed?.notReplayed).toEqual([]);
      expect(compared.different).toEqual([]);
      expect(alerts.length).toBeGreaterThan(50);
      expect(compared.firings).toBeGreaterThan(10);
    });
  },
);
