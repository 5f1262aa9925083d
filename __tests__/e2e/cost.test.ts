import type { Expr } from "@grafana/promql-builder";
import { operandsOf } from "../../metrics/promql";
import type { Demo } from "../../demo/demo";
import type { PrometheusClient } from "../../operations/clients/prometheus-client";
import { seriesMeasured } from "../../operations/cost/measured";
import { samplesRead } from "../../signals/volume/queries";
import { type Range, total } from "../../signals/volume/range";
import { seriesByCatalogue, seriesIn } from "../../signals/volume/series";
import { watchedOf } from "../../stacks/system";
import { alertmanagerProgram, nodeExporterProgram, prometheusProgram } from "../support/programs";
import { describeWith } from "../support/require-program";
import { secondsOf } from "../../metrics/duration";
import { startTestDemo } from "../support/test-demo";
import { until } from "../support/until";

jest.setTimeout(180_000);

const openValues = 10;
const speed = 15;
/** Seconds. Ranges up to this one are full when the demo has run for a fifteenth of it. */
const fullRange = 300;

describeWith(
  [prometheusProgram, alertmanagerProgram, nodeExporterProgram],
  "what an environment costs",
  () => {
    const started = Date.now();
    let demo: Demo;
    let prometheus: PrometheusClient;

    beforeAll(async () => {
      demo = await startTestDemo({ speed });
      if (!demo.prometheus) throw new Error("The demo has no Prometheus.");
      prometheus = demo.prometheus;
      await prometheus.allUp(60_000);
      // What is recorded is there, and a range of five minutes begins to fill.
      await until(async () => (await prometheus.query("count(service:http_requests:rate5m)")).length > 0);
    });
    afterAll(() => demo.stop());

    it("counts every series that the Prometheus has, and no other", async () => {
      await until(async () => {
        const [all] = await prometheus.query(`count({__name__!=""})`);
        return seriesIn(await seriesMeasured(prometheus)).most === all?.value;
      });
    });

    it("no job has more series than are reckoned with beforehand", async () => {
      const reckoned = seriesByCatalogue(watchedOf(demo.environment), openValues);
      const measured = await seriesMeasured(prometheus);
      const beyond = measured.flatMap(({ job, byName }) => {
        const expected = reckoned.find((each) => each.job === job)?.byName;
        const [series, most] = [byName, expected ?? new Map<string, Range>()].map(
          (names) => total(names.values()).most,
        );
        const names = [...byName].map(
          ([name, { most: found }]) => `${name} ${String(found)} of ${String(expected?.get(name)?.most)}`,
        );
        return Number(series) <= Number(most) ? [] : [{ job, series, most, names }];
      });
      expect(measured.length).toBeGreaterThan(6);
      expect(beyond).toEqual([]);
    });

    it("reckons with at least the samples that each rule reads", async () => {
      const { environment } = demo;
      const interval = secondsOf(environment.prometheus.scrapeInterval);
      const rules = Object.values(watchedOf(environment).groups).flat();
      const evaluated = new Map((await prometheus.ruleGroups()).map((group) => [group.name, group.rules]));
      const full = rules
        .flatMap((group) =>
          group.rules.map(({ expr }, index) => ({ expr, rule: evaluated.get(group.name)?.[index] })),
        )
        .filter(({ expr }) => longestRange(expr.node) <= fullRange);
      await until(() => Date.now() - started > (fullRange / speed) * 1_500, 60_000);
      const stored = await seriesMeasured(prometheus);
      const counted = [];
      for (const { expr, rule } of full) {
        const read = await samplesOf(prometheus, rule?.query ?? "");
        counted.push({
          rule: rule?.name,
          read,
          reckoned: samplesRead(expr.node, { stored, interval }).most,
        });
      }
      const [read, reckoned] = [sumOf(counted, "read"), sumOf(counted, "reckoned")];
      console.log(
        `${String(counted.length)} of ${String(rules.flatMap((group) => group.rules).length)} rules read ${String(read)} samples; reckoned: ${String(reckoned)}`,
      );
      expect(counted.length).toBeGreaterThan(60);
      // A sample at each edge of a range may be in it or not.
      expect(counted.filter((each) => each.read > each.reckoned * 1.1)).toEqual([]);
      expect(reckoned / read).toBeLessThan(3);
    });
  },
);

function longestRange(node: Expr): number {
  const own = "range" in node && node.range !== "" ? secondsOf(node.range) : 0;
  return Math.max(own, ...operandsOf(node).map(longestRange));
}

function sumOf<K extends string>(all: readonly Readonly<Record<K, number>>[], key: K): number {
  return all.reduce((sum, each) => sum + each[key], 0);
}

/** Samples that a query reads, as Prometheus counts them. */
async function samplesOf(prometheus: PrometheusClient, query: string): Promise<number> {
  const { stats } = await prometheus.get<{ stats: { samples: { totalQueryableSamples: number } } }>(
    `/api/v1/query?stats=all&query=${encodeURIComponent(query)}`,
  );
  return stats.samples.totalQueryableSamples;
}
