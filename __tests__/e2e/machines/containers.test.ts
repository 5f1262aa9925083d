import { containerMetrics } from "../../../dashboards/container-metrics";
import { mostLines } from "../../../dashboards/highest";
import { dashboardOf } from "../../../dashboards/lint/dashboard";
import type { ManagedProcess } from "../../../demo/processes";
import { containerCpu, containerMemory } from "../../../metrics/recorded";
import { PrometheusClient } from "../../../operations/clients/prometheus-client";
import { dashboardSettings } from "../../support/dashboard-settings";
import { answersOf, type AnsweredTarget, type ChosenValues } from "../../support/grafana-queries";
import { prometheusProgram, promtool } from "../../support/programs";
import { prometheusOnBlocks } from "../../support/prometheus-on-blocks";
import { describeWith } from "../../support/require-program";
import { temporaryFolder } from "../../support/temporary-folder";
import { openMetricsOf, type Span, writtenEvery } from "../../support/written";
import { writtenContainers } from "../../support/written-containers";

jest.setTimeout(240_000);

const machines = Array.from({ length: 200 }, (_, index) => `machine-${String(index + 1).padStart(3, "0")}`);

/** Each has containers of the same names, and uses a bit more of their limits than the one before. */
const shareOf = (machine: string) => 0.2 + 0.003 * machines.indexOf(machine);

/** Every other machine has little memory in use every other minute: at each minute others have the most. */
const memoryOf = (machine: string) => (seconds: number) =>
  machines.indexOf(machine) % 2 === 0 && (seconds / 60) % 2 === 1 ? 0.1 : shareOf(machine);

describeWith([promtool, prometheusProgram], "Container Metrics of 200 machines", () => {
  const folder = temporaryFolder();
  const dashboard = dashboardOf(
    JSON.parse(JSON.stringify(containerMetrics(dashboardSettings({ severalEngines: true })))),
  );
  let process: ManagedProcess | undefined;
  let ask: (choice: "all" | ChosenValues) => Promise<readonly AnsweredTarget[]>;

  beforeAll(async () => {
    const to = Math.floor(Date.now() / 60_000) * 60;
    const span: Span = { from: to - 3600, to };
    const series = machines.flatMap((machine) =>
      writtenContainers(machine, shareOf(machine), memoryOf(machine)),
    );
    const prometheus = await prometheusOnBlocks(folder(), openMetricsOf(series, [span]), {
      spans: [span],
      records: [containerMemory, containerCpu],
    });
    process = prometheus.process;
    const client = new PrometheusClient(prometheus.url);
    const view = { from: to - 1800, to, step: writtenEvery, scrapeInterval: writtenEvery };
    ask = (choice) => answersOf(dashboard, client, view, choice);
  });
  afterAll(async () => {
    await process?.stop();
  });

  it("draws of each graph the lines alone that stand out, each one whole", async () => {
    const graphs = (await ask("all")).filter(({ instant }) => !instant);
    expect(graphs.length).toBeGreaterThan(10);
    for (const { name, answer } of graphs) {
      const points = new Set(answer.map(({ samples }) => samples.length));
      expect([name, answer.length, points.size]).toEqual([name, mostLines, 1]);
    }
    const fullest = graphs.find(({ name }) => name === "Memory of limit: A")?.answer ?? [];
    expect(fullest.map(({ metric }) => metric.instance).sort()).toEqual(machines.slice(-mostLines));
  });

  it("counts them all", async () => {
    const values = new Map(
      (await ask("all")).map(({ name, answer }) => [name, answer[0]?.samples.at(-1)?.value]),
    );
    expect(values.get("Containers: A")).toBe(2 * machines.length);
    expect(values.get("Highest memory: A")).toBeCloseTo(shareOf("machine-200"), 3);
  });

  it("shows the containers of one machine that its reader chooses", async () => {
    const answers = await ask({ instance: ["machine-008"] });
    const shown = answers.flatMap(({ answer }) => answer.flatMap(({ metric }) => metric.instance ?? []));
    expect([...new Set(shown)]).toEqual(["machine-008"]);
    const values = new Map(answers.map(({ name, answer }) => [name, answer[0]?.samples.at(-1)?.value]));
    expect(values.get("Containers: A")).toBe(2);
    expect(values.get("Highest memory: A")).toBeCloseTo(shareOf("machine-008"), 3);
  });
});
