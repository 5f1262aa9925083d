import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { traceIdPattern } from "../../../constructs/grafana/loki-data-source";
import { dashboardFolders } from "../../../dashboards";
import { linesAskedBy } from "../../../dashboards/asked";
import { streamLabels } from "../../../dashboards/logql";
import { linesOfSpan } from "../../../dashboards/trace-queries";
import { cataloguedOf, differences, exposedBy } from "../../support/catalogued";
import { dashboardSettings } from "../../support/dashboard-settings";
import { describeWithEngine } from "../../support/docker-engine";
import { RunningLogShipper } from "../../support/log-shipper";
import { LogWriters, steady } from "../../support/log-writers";
import { TestLoki } from "../../support/loki";
import { fluentBitProgram, lokiProgram } from "../../support/programs";
import { describeWhereThereIs } from "../../support/require-program";
import { uploadedFiles } from "../../support/stack-files";
import { system } from "../../support/system";
import { temporaryFolder } from "../../support/temporary-folder";
import { until } from "../../support/until";

const configuration = () => uploadedFiles("local", "docker", "loki")["/etc/loki/config.yaml"] ?? "";
const newFolder = temporaryFolder();

jest.setTimeout(300_000);

const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const errorLine = `{"level":50,"msg":"order lost","trace_id":"${traceId}"}`;
const otherLine = '{"level":30,"msg":"order kept","trace_id":"00f067aa0ba902b700f067aa0ba902b7"}';
const longLine = JSON.stringify({ level: 30, msg: "x".repeat(40_000) });
const traceback = [
  "Traceback (most recent call last):",
  '  File "app.py", line 3, in place',
  "ValueError: no price",
].join("\n");
const written = [errorLine, otherLine, longLine, "plain words", traceback];

describeWhereThereIs([lokiProgram, fluentBitProgram], "Loki with the rendered configuration", () => {
  describeWithEngine("and the lines of a real engine's containers", suite);
});

function suite(): void {
  let writers: LogWriters;
  let loki: TestLoki;
  let shipper: RunningLogShipper;

  const startShipper = (waitingMb: number) =>
    RunningLogShipper.start(newFolder(), {
      containersFolder: writers.engine.containersFolder,
      waitingMb,
      loki: { host: "127.0.0.1", port: loki.port, labels: { environment: "local" } },
    });
  const of = (container: string) => `{container="${container}"}`;
  const refused = async (reason: string) => {
    const family = (await exposedBy(loki.url)).get("loki_discarded_samples_total");
    const found = family?.samples.filter(({ labels }) => labels.reason === reason) ?? [];
    return found.reduce((sum, { value }) => sum + value, 0);
  };

  beforeAll(async () => {
    [writers, loki] = await Promise.all([LogWriters.start(), TestLoki.start(newFolder(), configuration())]);
    shipper = await startShipper(64);
    await writers.print("order-service", written.join("\n"));
    await until(async () => (await loki.count(of("order-service"))) >= written.length);
  });

  afterAll(async () => {
    await shipper.stop();
    await writers.stop();
    await loki.stop();
  });

  it("keeps each line as it was written, in a stream of the container with the labels that there are to be", async () => {
    expect(await loki.lines(of("order-service"))).toEqual(written);
    expect([...(await loki.labels())].sort()).toEqual([...streamLabels].sort());
  });

  it("gives the lines of a trace where a span leads to, and each leads back", async () => {
    const { serviceLabel, query } = linesOfSpan();
    const asked = query
      .replace("${__tags}", `${serviceLabel}="order-service"`)
      .replace("${__trace.traceId}", traceId);
    const found = await loki.lines(asked);
    expect(found).toEqual([errorLine]);
    expect(new RegExp(traceIdPattern).exec(found[0] ?? "")?.[1]).toBe(traceId);
  });

  it("answers each query of the panels on lines, and the examples of the documentation, with data", async () => {
    const asked = dashboardFolders(dashboardSettings(), system.dashboards)
      .flatMap(({ dashboards }) => dashboards)
      .flatMap(linesAskedBy)
      .map(({ query }) =>
        query.toString().replaceAll("$__auto", "1m").replace("$service", "a|order-service"),
      );
    const document = readFileSync(join(__dirname, "../../../docs/loki.md"), "utf8");
    const examples = [...document.matchAll(/^\|.+\| `(\{.+|topk.+)` +\|$/gm)].map(([, cell = ""]) =>
      // "payment" is in none of these lines.
      cell.replaceAll("\\|", "|").replace("payment", "order"),
    );
    expect([asked.length, examples.length]).toEqual([3, 4]);
    for (const query of [...asked, ...examples]) {
      const answer = query.startsWith("{") ? await loki.lines(query) : await loki.series(query);
      expect({ query, answers: answer.length > 0 }).toEqual({ query, answers: true });
    }
    const [errors = ""] = asked.filter((query) => query.includes("level"));
    // An error in a minute; both lines of JSON that are none are left out.
    const values = (await loki.series(errors)).flatMap((series) =>
      series.values.map(([, value]) => Number(value)),
    );
    expect(Math.max(...values)).toBeCloseTo(1 / 60);
  });

  it("runs with the limits and the retention that are asked for", async () => {
    interface Running {
      readonly limits_config: Readonly<Record<string, unknown>>;
      readonly compactor: Readonly<Record<string, unknown>>;
      readonly analytics: { readonly reporting_enabled: boolean };
    }
    const { limits_config, compactor, analytics } = parse(await loki.configuration()) as Running;
    expect(limits_config).toMatchObject({
      retention_period: "1w",
      ingestion_rate_mb: 4,
      ingestion_burst_size_mb: 16,
      per_stream_rate_limit: "4MB",
      per_stream_rate_limit_burst: "16MB",
      max_line_size: "256KB",
      max_line_size_truncate: true,
    });
    expect(compactor).toMatchObject({ retention_enabled: true, delete_request_store: "filesystem" });
    expect(analytics.reporting_enabled).toBe(false);
  });

  it("cuts a line that is too long, and refuses what is too old or too much at once, and counts it", async () => {
    const at = (agoMs: number) => String((Date.now() - agoMs) * 1_000_000);
    const days = 24 * 3_600_000;
    const long = await loki.push({ container: "long" }, [[at(0), "y".repeat(400_000)]]);
    expect(long.status).toBe(204);
    expect((await loki.lines(of("long"))).map(({ length }) => length)).toEqual([256 * 1024]);

    const old = await loki.push({ container: "old" }, [[at(8 * days), "long ago"]]);
    expect(old.status).toBe(400);
    expect(await refused("greater_than_max_sample_age")).toBe(1);

    const much = Array.from({ length: 90 }, (_, n) => [at(n), "z".repeat(250_000)] as const);
    expect((await loki.push({ container: "much" }, much)).status).toBe(429);
    expect(await refused("rate_limited")).toBe(much.length);
  });

  it("exports what is catalogued, and all of it once lines came and some were refused", async () => {
    const families = await exposedBy(loki.url);
    const own = cataloguedOf("loki").map(({ absentWhen: _, ...entry }) => entry);
    expect(own.length).toBeGreaterThanOrEqual(5);
    expect(own.flatMap((entry) => differences(entry, families))).toEqual([]);
  });

  it("gets all lines that were written while it was away", async () => {
    await writers.run("steady", steady);
    await until(async () => (await loki.count(of("steady"))) > 100);
    await loki.stop();
    await until(async () => (await shipper.metric("fluentbit_output_retries_total")) > 0);
    await loki.start();
    await writers.end("steady");
    const all = await writers.written("steady");
    await until(async () => (await loki.count(of("steady"))) >= all.length, 60_000);
    expect(await loki.lines(of("steady"))).toEqual(all);
    expect(await shipper.metric("fluentbit_output_dropped_records_total")).toBe(0);
  });

  it("misses the oldest lines beyond the room for what waits, and each of these is counted", async () => {
    await shipper.stop();
    shipper = await startShipper(16);
    await until(async () => (await shipper.metric("fluentbit_output_proc_records_total")) > 0);
    await loki.stop();
    const many = 24_000;
    await writers.flood("flood", many);
    const dropped = () => shipper.metric("fluentbit_output_dropped_records_total");
    await until(
      async () => (await shipper.metric("fluentbit_input_records_total", 'name="containers"')) >= many,
      60_000,
    );
    await until(async () => (await dropped()) > 0);
    await loki.start();
    await until(
      async () => (await shipper.metric("fluentbit_output_chunk_available_capacity_percent")) === 100,
      90_000,
    );
    const kept = await loki.count(of("flood"));
    expect(kept).toBeLessThan(many);
    expect(await dropped()).toBeGreaterThanOrEqual(many - kept);
    // But for a chunk that is counted as dropped while it is being sent: at most 2 MiB, of lines of 1 KB.
    expect(await dropped()).toBeLessThan(many - kept + 2_100);
    expect((await loki.lines(`${of("flood")} |= "\\"n\\":${String(many - 1)},"`)).length).toBe(1);
  });
}
