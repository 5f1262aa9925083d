import { containerCpu, containerMemory } from "../../metrics/recorded";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import type { ManagedProcess } from "../../demo/processes";
import { loadEnvironments } from "../support/environments";
import { synthesize } from "../../stacks";
import { evaluate, synthesizedDashboards, type Outcome } from "../support/grafana-queries";
import { prometheusOnBlocks } from "../support/prometheus-on-blocks";
import { prometheusProgram, promtool } from "../support/programs";
import { describeWith } from "../support/require-program";
import { system } from "../support/system";
import { allNotLive } from "../support/targets-not-live";
import { temporaryFolder } from "../support/temporary-folder";
import { type Span, writtenEvery } from "../support/written";
import { openMetrics, soldPerHour } from "../support/written-series";

jest.setTimeout(240_000);

const week = 7 * 86_400;

describeWith([promtool, prometheusProgram], "what a running system lacks, on written series", () => {
  const folder = temporaryFolder();
  let process: ManagedProcess | undefined;
  const outcomes = new Map<string, Outcome>();

  beforeAll(async () => {
    const to = Math.floor(Date.now() / 60_000) * 60;
    const spans: readonly Span[] = [week, 0].map((ago) => ({ from: to - ago - 3 * 3600, to: to - ago }));
    const records = [...system.records, containerMemory, containerCpu];
    const prometheus = await prometheusOnBlocks(folder(), openMetrics(spans), { spans, records });
    process = prometheus.process;
    const environments = loadEnvironments("local");
    const outdir = folder();
    synthesize(environments, outdir);
    const view = { from: to - 3600, to, step: writtenEvery, scrapeInterval: writtenEvery };
    for (const [uid, dashboard] of synthesizedDashboards(outdir, "local-grafana")) {
      for (const outcome of await evaluate(dashboard, new PrometheusClient(prometheus.url), view)) {
        outcomes.set(`${uid}/${outcome.name}`, outcome);
      }
    }
  });
  afterAll(async () => {
    await process?.stop();
  });

  it.each(allNotLive())("%s has data", (name) => {
    const { series, notFinite } = outcomes.get(name) ?? {};
    expect({ hasData: (series ?? 0) > 0, notFinite }).toEqual({ hasData: true, notFinite: 0 });
  });

  it.each([
    ["business-metrics/Orders per hour: B", soldPerHour.orders],
    ["business-metrics/Revenue per hour: B", soldPerHour.revenue],
    ["business-metrics/Product views per hour: B", soldPerHour.views],
    ["business-metrics/Conversion rate: B", soldPerHour.orders / soldPerHour.views],
    ["business-metrics/Active users: B", soldPerHour.logins / 4],
    ["business-metrics/Order values: C", 50],
    ["container-metrics/Containers: A", 4],
    ["container-metrics/Highest memory: A", 0.25],
    ["container-metrics/Highest CPU: A", 0.25],
    ["machine/Swap: A", 0.25],
    ["infrastructure-overview/Network errors: A", 0.01],
    ["infrastructure-overview/First disk full in: A", 47 * 3600],
    ["machine/Time spent waiting: C", 0.1],
    ["machine/Tracked connections: A", 0.01],
    ["machine/Time of a read or write: B", 0.002],
    ["monitoring/Grafana errors: A", 0.1],
    ["monitoring/Failed questions to data sources: A", 0.1],
    ["monitoring/Answers of data sources: A", 0.25],
    ["monitoring/Spans: D", 1],
    ["monitoring/Mean time to find traces: A", 0.002],
  ])("%s is what was written, within 5 %%", (name, wanted) => {
    const values = [...(outcomes.get(name)?.values.values() ?? [])];
    expect(values).toHaveLength(1);
    expect(Math.abs((values[0] ?? NaN) / wanted - 1)).toBeLessThanOrEqual(0.05);
  });

  it.each(["Memory of limit: A", "CPU of limit: A"])(
    "%s is that of each machine, where two have a container of the same name",
    (name) => {
      const { values = new Map<string, number>() } = outcomes.get(`container-metrics/${name}`) ?? {};
      const byMachine = [...values].map(([labels, value]) => {
        const { instance, name: container } = JSON.parse(labels) as { instance: string; name: string };
        return [instance, container, value.toFixed(2)];
      });
      expect(byMachine.sort()).toEqual([
        ["db-1", "limited", "0.10"],
        ["docker-host", "limited", "0.25"],
      ]);
    },
  );
});
