import { once } from "node:events";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { executableKinds } from "../../demo/executables";
import { assertFree } from "../../demo/ports";
import { identify, isAlive, type ProcessIdentity } from "../../demo/process-identity";
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { findProgram } from "../../operations/find-program";
import { probeJob } from "../../metrics/targets";
import { programNames } from "../../services/programs";
import { DemoCommand, demoFolders, type DemoEvent } from "../support/demo-command";
import { describeWithProbedDemo } from "../support/require-program";
import { until } from "../support/until";

type Started = Extract<DemoEvent, { event: "started" }>;

const foldersBefore = demoFolders();
const startMs = 60_000;

jest.setTimeout(180_000);

/** What was started, so that it can be looked for when the demo has gone. */
function identities({ programs }: Started): ProcessIdentity[] {
  return programs.map(({ name, pid }) => {
    const identity = identify(pid);
    if (!identity) throw new Error(`${name} does not run.`);
    return identity;
  });
}

/** Nothing is left: no process, no file, and the ports are free. */
async function expectNothingLeft(started: Started, processes: readonly ProcessIdentity[]): Promise<void> {
  expect(processes.filter(isAlive)).toEqual([]);
  expect(demoFolders(foldersBefore)).toEqual([]);
  const ports = started.programs.map(({ name, url }) => ({ program: name, port: Number(new URL(url).port) }));
  await expect(assertFree(ports)).resolves.toBeUndefined();
}

function urlOf({ programs }: Started, name: string): string {
  const url = programs.find((program) => program.name === name)?.url;
  if (url === undefined) throw new Error(`There is no ${name}.`);
  return url;
}

/** Takes long to build: it runs where it is there, and `demo-traces.test.ts` tests it. */
const mayBeMissing = "jaeger";

describeWithProbedDemo("npm run demo with every program installed", () => {
  let demo: DemoCommand;
  let started: Started;
  let processes: ProcessIdentity[];

  beforeAll(async () => {
    demo = new DemoCommand(["--json", "--rate", "10"]);
    started = await demo.event("started", startMs);
    processes = identities(started);
    await demo.event("status", startMs, ({ targets }) => targets !== undefined && targets.up === targets.all);
  });
  afterAll(async () => {
    await demo.interrupt();
  });

  it("runs them all, at the ports that the stacks publish", () => {
    expect(started.programs.map(({ name }) => name)).toEqual(
      expect.arrayContaining([...programNames, "inbox", "prometheus", "alertmanager", "blackbox-exporter"]),
    );
    expect(started.missing.filter(({ name }) => name !== mayBeMissing)).toEqual([]);
    expect(urlOf(started, "api-gateway")).toBe("http://127.0.0.1:3000");
    expect(urlOf(started, "prometheus")).toBe("http://127.0.0.1:9090");
  });

  it("says which versions it found, beside those that are deployed", () => {
    const missing = started.missing.map(({ name }) => name);
    expect([...started.versions.map(({ program }) => program), ...missing].sort()).toEqual(
      executableKinds.map(({ name }) => name).sort(),
    );
    for (const { found, deployed } of started.versions) {
      for (const version of [found, deployed]) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  it("says where its programs show what they know, and there they do", async () => {
    const pages = Object.entries(started.pages).flatMap(([name, found]) =>
      found.map(({ what, path }) => ({ what, url: urlOf(started, name) + path })),
    );
    expect(pages.map(({ what }) => what).filter((what) => what !== "traces")).toEqual(
      expect.arrayContaining(["alerts", "alerts and silences", "targets"]),
    );
    for (const { url } of pages) expect([url, (await fetch(url)).status]).toEqual([url, 200]);
  });

  it("has all targets up, each under the name that it has in Docker", async () => {
    const targets = await new PrometheusClient(urlOf(started, "prometheus")).targets();
    const names = started.programs.map(({ name }) => name).filter((name) => name !== "inbox");
    const jobs = targets
      .map(({ labels }) => labels.job)
      .filter((job) => job !== "inbox" && job !== "span-metrics");
    expect(jobs.sort()).toEqual([...names, probeJob].sort());
    for (const { labels } of targets) expect(labels.instance).not.toMatch(/127\.0\.0\.1/);
  });

  it("asks the gateway where it is here", async () => {
    const prometheus = new PrometheusClient(urlOf(started, "prometheus"));
    const asked = await prometheus.query("probe_success");
    expect(asked.map(({ metric, value }) => [metric.instance, value])).toEqual([
      ["http://api-gateway:3000", 1],
    ]);
  });

  it("leaves out what only Docker can run, and says so", () => {
    const absent = new Set(started.absent.map(({ address }) => address.replace(/:\d+$/, "")));
    expect(absent).toContain("grafana");
    for (const { name } of started.programs) expect(absent).not.toContain(name);
  });

  it("has in Prometheus the requests that the traffic has sent", async () => {
    const prometheus = new PrometheusClient(urlOf(started, "prometheus"));
    const before = await demo.event("status", startMs, ({ sent }) => (sent ?? 0) > 100);
    // Whatever was on its way then has been answered when all targets are scraped again.
    await prometheus.allUp(60_000, Date.now() + 3_000);
    // What the probe asks for is none of them.
    const [counted] = await prometheus.query('sum(http_requests_total{service="api-gateway", route!="/"})');
    // The next status may have been asked for before the query, and what it says of the traffic is up to a second old:
    // of a status a second, the third from now on knows all that Prometheus had.
    await demo.next("status", startMs);
    await demo.next("status", startMs);
    const after = await demo.next("status", startMs);
    expect(counted?.value).toBeGreaterThanOrEqual(before.sent ?? Infinity);
    expect(counted?.value).toBeLessThanOrEqual(after.sent ?? 0);
  });

  it("tells of a service that is killed, and of its target", async () => {
    const victim = started.programs.find(({ name }) => name === "product-service");
    process.kill(victim?.pid ?? 0, "SIGKILL");
    expect(await demo.event("ended", startMs)).toMatchObject({ program: "product-service", how: "SIGKILL" });
    await demo.event("status", startMs, ({ targets }) => targets?.down.includes("product-service") === true);
  });

  it("ends all of it at Ctrl-C", async () => {
    await demo.interrupt();
    const { sent } = await demo.event("stopped", 0);
    expect(sent?.requests).toBeGreaterThan(100);
    await expectNothingLeft(started, processes);
  });
});

describe("npm run demo, whatever is installed", () => {
  it("says what is missing and how to get it, and runs the rest", async () => {
    const bin = mkdtempSync(join(tmpdir(), "path-"));
    for (const name of ["node", "npm", "sh", "setpriv"]) {
      const program = findProgram(name);
      if (program !== undefined) symlinkSync(program, join(bin, name));
    }
    const demo = new DemoCommand(["--free-ports", "--duration", "4"], { PATH: bin, COLUMNS: "200" });
    try {
      const gateway = await demo.line(/^api-gateway +http/, startMs);
      const answer = await fetch(`${/http\S+/.exec(gateway)?.[0] ?? ""}/api/products/products`);
      expect(answer.status).toBe(200);
      await demo.line(
        /^ {2}prometheus: There is no prometheus on the PATH\. With Go: \.ci\/install-programs prometheus/,
        startMs,
      );
      await demo.line(
        /^ {2}alertmanager: There is no alertmanager or .* on the PATH\. With Go: \.ci\/install-programs/,
        startMs,
      );
      await demo.line(
        /^ {2}blackbox-exporter: There is no blackbox_exporter or .* on the PATH\. With Debian: apt-get install/,
        startMs,
      );
      expect(await demo.ended).toBe(0);
      await demo.line(/^[1-9]\d* requests were sent .*: 0 server errors, 0 without an answer\.$/, 0);
      expect(demoFolders(foldersBefore)).toEqual([]);
    } finally {
      await demo.interrupt().catch(() => undefined);
      rmSync(bin, { recursive: true });
    }
  });

  it("names a port that is taken, and by whom, and leaves nothing behind", async () => {
    const server = createServer().listen(3000, "127.0.0.1");
    await once(server, "listening");
    try {
      const demo = new DemoCommand([]);
      expect(await demo.ended).toBe(1);
      expect(demo.output).toMatch(
        /^A port is taken:\n {2}3000, of api-gateway: taken by .*\nStop what is there, or/m,
      );
      if (process.platform === "linux") expect(demo.output).toContain(`(process ${String(process.pid)})`);
      expect(demoFolders(foldersBefore)).toEqual([]);
    } finally {
      server.close();
    }
  });

  it("ends when npm alone is killed", async () => {
    const demo = new DemoCommand(["--json", "--free-ports"]);
    const started = await demo.event("started", startMs);
    const processes = identities(started);
    process.kill(demo.pid, "SIGKILL");
    await until(() => demoFolders(foldersBefore).length === 0, startMs);
    await expectNothingLeft(started, processes);
  });

  it("starts again at the same ports after everything was killed hard", async () => {
    const first = new DemoCommand(["--json"]);
    const processes = identities(await first.event("started", startMs));
    process.kill(-first.pid, "SIGKILL");
    await first.ended;
    expect(demoFolders(foldersBefore)).toHaveLength(1);

    const second = new DemoCommand(["--json"]);
    const started = await second.event("started", startMs);
    expect(processes.filter(isAlive)).toEqual([]);
    expect(demoFolders(foldersBefore)).toHaveLength(1);
    const own = identities(started);
    await second.interrupt();
    await second.event("stopped", 0);
    await expectNothingLeft(started, own);
  });
});
