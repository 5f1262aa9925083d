import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dashboardOf } from "../../dashboards/lint/dashboard";
import type { ManagedProcess } from "../../demo/processes";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { dashboardFoldersOf, ruleFilesOf } from "../../stacks/system";
import { runCadvisor, runWatched } from "../support/cadvisor";
import { cataloguedOf, differences, exposedBy } from "../support/catalogued";
import { describeWithEngine, DockerEngine } from "../support/docker-engine";
import { loadEnvironments } from "../support/environments";
import { evaluate } from "../support/grafana-queries";
import { cadvisorProgram, prometheusProgram } from "../support/programs";
import { startPrometheus } from "../support/prometheus";
import { describeWhereThereIs, describeWith } from "../support/require-program";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";

jest.setTimeout(300_000);

/** It looks at each container twice a minute. */
const looks = 90_000;
const newFolder = temporaryFolder();

describeWhereThereIs([cadvisorProgram], "what a real cAdvisor exports", () => {
  describeWith([prometheusProgram], "to a real Prometheus", () => {
    describeWithEngine("of the containers of a real engine", suite);
  });
});

function suite(): void {
  const [environment] = loadEnvironments("local");
  let engine: DockerEngine;
  let url: string;

  const valueOf = async (metric: string, container: string) => {
    const samples = (await exposedBy(url)).get(metric)?.samples ?? [];
    return samples.find(({ labels }) => labels.name === container)?.value;
  };

  beforeAll(async () => {
    engine = await DockerEngine.start();
    url = await runCadvisor(engine);
    const healthCheck = (command: string) => ["--health-cmd", command, "--health-interval", "1s"];
    const limits = ["--memory", "32m", "--cpus", "0.2"];
    // Busy, within limits.
    await runWatched(engine, "shop", [...limits, ...healthCheck("true")], "exec yes > /dev/null");
    await runWatched(engine, "ill", healthCheck("false"), "exec sleep 600");
    // One of its processes needs more memory than there is, again and again.
    const greedy = "while :; do tail /dev/zero; sleep 1; done";
    await runWatched(engine, "greedy", ["--memory", "16m", "--memory-swap", "16m"], greedy);
    await until(async () => (await valueOf("container_start_time_seconds", "greedy")) !== undefined, looks);
  });

  afterAll(() => engine.stop());

  it("is as catalogued", async () => {
    const families = await exposedBy(url);
    const own = cataloguedOf("cadvisor");
    expect(own.length).toBeGreaterThan(25);
    expect(own.flatMap((entry) => differences(entry, families))).toEqual([]);
  });

  it("tells of health, and of none", async () => {
    // Until it has asked the first time, a container that starts is no better than one that is ill.
    await until(async () => (await valueOf("container_health_state", "shop")) === 1, looks);
    expect(await valueOf("container_health_state", "ill")).toBe(0);
    expect(await valueOf("container_health_state", "greedy")).toBe(-1);
  });

  it("counts processes that the kernel ended for want of memory", async () => {
    await until(async () => ((await valueOf("container_oom_events_total", "greedy")) ?? 0) > 0, looks);
    expect(await valueOf("container_oom_events_total", "shop")).toBe(0);
  });

  it("starts anew with each start of a container", async () => {
    const before = (await valueOf("container_start_time_seconds", "shop")) ?? NaN;
    await engine.docker("restart", "--time", "0", "shop");
    const now = async () => (await valueOf("container_start_time_seconds", "shop")) ?? NaN;
    await until(async () => (await now()) > before, looks);
  });

  describe("on the dashboard of containers", () => {
    const folder = newFolder();
    let process: ManagedProcess;
    let prometheus: PrometheusClient;
    const began = Date.now() / 1_000;

    beforeAll(async () => {
      if (!environment) throw new Error("There is no environment local.");
      mkdirSync(join(folder, "rules"));
      for (const [name, text] of Object.entries(ruleFilesOf(environment)))
        writeFileSync(join(folder, "rules", name), text);
      const target = { job_name: "cadvisor", static_configs: [{ targets: [new URL(url).host] }] };
      const configuration = {
        global: { scrape_interval: "5s", evaluation_interval: "5s" },
        rule_files: ["rules/*"],
        scrape_configs: [target],
      };
      writeFileSync(join(folder, "prometheus.yml"), JSON.stringify(configuration));
      const started = await startPrometheus(folder);
      process = started.process;
      prometheus = new PrometheusClient(started.url);
    });
    afterAll(() => process.stop());

    it("gives each panel its data", async () => {
      const found = environment && dashboardFoldersOf(environment).flatMap(({ dashboards }) => dashboards);
      const made = found?.find(({ uid }) => uid === "container-metrics");
      if (made === undefined) throw new Error("There is no dashboard of containers.");
      const dashboard = dashboardOf(made);
      const outcomes = async () => {
        const view = { from: began, to: Date.now() / 1_000, step: 15, scrapeInterval: 30 };
        return evaluate(dashboard, prometheus, view);
      };
      const empty = async () =>
        (await outcomes()).filter(({ series }) => series === 0).map(({ name }) => name);
      await until(async () => (await empty()).length === 0, 150_000).catch(() => undefined);
      expect(await empty()).toEqual([]);
      expect((await outcomes()).length).toBeGreaterThan(17);
      const shown = async (title: string) => {
        const values = (await outcomes()).find(({ name }) => name.startsWith(title))?.values ?? [];
        return [...values].find(([labels]) => labels.includes('"name":"shop"'))?.[1] ?? NaN;
      };
      // Over five minutes, of which there are two at most.
      await until(async () => (await shown("CPU of limit")) > 0.05, looks);
      await until(async () => (await shown("Throttling")) > 0.5, looks);
      expect(await shown("Memory of limit")).toBeLessThan(1);
    });
  });
}
