import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { cataloguedOf, differences, exposedBy } from "../support/catalogued";
import { environmentNames } from "../support/environments";
import { TestJaeger } from "../support/jaeger";
import { jaegerProgram } from "../support/programs";
import { describeWith } from "../support/require-program";
import { containerVariables, uploadedFiles } from "../support/stack-files";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";

jest.setTimeout(120_000);

const folder = temporaryFolder();

function configurationOf(environment: string): string {
  return uploadedFiles(environment, "docker", "jaeger")["/etc/jaeger/config.yaml"] ?? "";
}

describeWith([jaegerProgram], "the configuration of Jaeger", () => {
  function validate(configuration: string) {
    const path = join(folder(), "config.yaml");
    writeFileSync(path, configuration);
    const { status, stderr } = spawnSync(jaegerProgram.name, ["validate", "--config", path], {
      encoding: "utf8",
    });
    return { status, stderr };
  }

  it.each(environmentNames)("of %s is one", (environment) => {
    expect(validate(configurationOf(environment))).toMatchObject({ status: 0 });
  });

  it("is refused where it is broken, so that the check means something", () => {
    const configuration = configurationOf("local");
    const broken = configuration.replace("ttl:", "time_to_live:");
    expect(broken).not.toBe(configuration);
    const { status, stderr } = validate(broken);
    expect(status).not.toBe(0);
    expect(stderr).toContain("time_to_live");
  });
});

describeWith([jaegerProgram], "a real Jaeger with the rendered configuration", () => {
  let jaeger: TestJaeger;

  beforeAll(async () => {
    jaeger = await TestJaeger.start(folder(), configurationOf("local"));
  });
  afterAll(async () => {
    await jaeger.stop();
  });

  const valueOf = async (metric: string) => {
    const family = (await exposedBy(jaeger.metricsUrl)).get(metric);
    return family?.samples.reduce((sum, { value }) => sum + value, 0);
  };

  it("takes and stores spans, and counts them as catalogued", async () => {
    await jaeger.send("shop", 3);
    await until(async () => (await jaeger.services()).includes("shop"));
    await until(async () => (await valueOf("otelcol_exporter_sent_spans_total")) === 3);
    expect(await valueOf("otelcol_receiver_accepted_spans_total")).toBe(3);
    expect(await valueOf("otelcol_receiver_refused_spans_total")).toBe(0);
    expect(await valueOf("otelcol_exporter_send_failed_spans_total")).toBe(0);
  });

  it("exports what the catalogue says, and all of it once it has been used", async () => {
    await jaeger.send("shop", 1);
    await until(async () => (await jaeger.services()).includes("shop"));
    await until(async () => ((await valueOf("otelcol_exporter_sent_spans_total")) ?? 0) > 0);
    const families = await exposedBy(jaeger.metricsUrl);
    const catalogued = cataloguedOf("jaeger");
    expect(catalogued.length).toBeGreaterThanOrEqual(8);
    const always = catalogued.map(({ absentWhen: _, ...entry }) => entry);
    expect(always.flatMap((entry) => differences(entry, families))).toEqual([]);
  });
});

describeWith([jaegerProgram], "the end of a Jaeger", () => {
  it("takes no time, as it waits for no collector of its own spans", async () => {
    const variables = containerVariables("local", "docker", "jaeger");
    const jaeger = await TestJaeger.start(folder(), configurationOf("local"), variables);
    await jaeger.traces("nobody");
    const began = performance.now();
    await jaeger.stop();
    // Ten seconds without the container's variable.
    expect(performance.now() - began).toBeLessThan(3_000);
  });
});

describeWith([jaegerProgram], "traces on the volume", () => {
  it("are there after a restart", async () => {
    const data = folder();
    const before = await TestJaeger.start(data, configurationOf("local"));
    await before.send("kept", 1);
    await until(async () => (await before.services()).includes("kept"));
    await before.stop();
    const after = await TestJaeger.start(data, configurationOf("local"));
    try {
      expect(await after.traces("kept")).toBe(1);
    } finally {
      await after.stop();
    }
  });

  it("are gone after their time", async () => {
    const configuration = configurationOf("local");
    const short = configuration.replace(/spans: .*/, "spans: 5s");
    expect(short).not.toBe(configuration);
    const jaeger = await TestJaeger.start(folder(), short);
    try {
      await jaeger.send("old", 1);
      await until(async () => (await jaeger.traces("old")) === 1);
      await until(async () => (await jaeger.traces("old")) === 0);
    } finally {
      await jaeger.stop();
    }
  });
});
