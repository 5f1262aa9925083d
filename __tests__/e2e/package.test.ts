import { once } from "node:events";
import { resolve } from "node:path";
import { freePort } from "../../operations/loopback-port";
import { parts, subpathOf } from "../../review/package/entry-points";
import { pack, type Packed } from "../../review/package/pack";
import { PackageUser } from "../support/installed-package";
import { temporaryFolder } from "../support/temporary-folder";
import { until } from "../support/until";

const root = resolve(__dirname, "../..");
const makeFolder = temporaryFolder();
const fewMinutes = 600_000;
let packed: Packed;
let user: PackageUser;

beforeAll(() => {
  packed = pack(root, makeFolder());
  user = new PackageUser(makeFolder());
  user.install(packed.path);
}, fewMinutes);

describe("the tarball", () => {
  const documents = ["CHANGELOG.md", "LICENSE", "README.md", "api.md", "package.json"];
  const rooms = "alerts|constructs|dashboards|metrics|schema|services/instrumentation|providers/grafana";
  const code = () => packed.files.filter((file) => !documents.includes(file));

  it("has what is compiled of the rooms that are no team's own, and nothing else", () => {
    const allowed = new RegExp(`^(${rooms})/[\\w./-]+\\.(js|d\\.ts)$`);
    expect(code().filter((file) => !allowed.test(file))).toEqual([]);
    expect(documents.filter((file) => !packed.files.includes(file))).toEqual([]);
    const typed = code().filter((file) => file.endsWith(".d.ts"));
    expect(typed.map((file) => file.replace(/d\.ts$/, "js"))).toEqual(
      code().filter((file) => file.endsWith(".js")),
    );
    expect(typed.length).toBeGreaterThan(250);
  });

  it("asks for no package that npm does not have, and names no folder of this machine", () => {
    for (const file of packed.files) {
      const text = user.read(`node_modules/microservices-monitoring/${file}`);
      expect([file, text.includes("@cdktf/provider-grafana"), text.includes(root)]).toEqual([
        file,
        false,
        false,
      ]);
    }
  });
});

it.each(parts)("$title: its modules can be loaded with what it names, and load no other provider", (part) => {
  const chosen = new Set(parts.flatMap(({ needs }) => needs));
  const loaded = user.loadedBy(part.modules.map(subpathOf));
  expect(loaded.filter((name) => chosen.has(name) && !part.needs.includes(name))).toEqual([]);
  expect(part.modules.filter((module) => !loaded.includes(`${module}.js`))).toEqual([]);
  const bindings = loaded.some((file) => file.startsWith("providers/grafana/"));
  expect(bindings).toBe(part.title === "Constructs for Grafana");
});

it("the bindings of the Grafana provider can be imported, and what is no entry point cannot", () => {
  expect(user.loadedBy(["providers/grafana/folder"])).toContain("providers/grafana/folder/index.js");
  expect(() => user.loadedBy(["metrics/promql/select"])).toThrow("ERR_PACKAGE_PATH_NOT_EXPORTED");
});

describe("a project that starts from it", () => {
  /** Lines that must not compile, each with what the compiler says. */
  const mistakes = {
    'select("parcels_send_total");': "parcels_send_total",
    'select("parcels_sent_total", { carier: "rail" });': "carier",
    'select("parcels_sent_total", { carrier: "air" });': '"air"',
    'counts.parcels_sent_total.inc({ carrier: "air" });': '"air"',
    "counts.parcels_sent_total.inc();": "TS2554",
    'businessMetrics({ server }, "letter-service");': "letter-service",
    'new NodeExporter(stack, "exporter", { image: "a:1", limits, listenAddress: "127.0.0.1:9100" });':
      "network",
  };
  const before = `
import type { Server } from "node:http";
import type { TerraformStack } from "cdktf";
import { NodeExporter } from "microservices-monitoring/constructs/docker/node-exporter";
import { instrumentationOver } from "microservices-monitoring/services/instrumentation";
import { catalogue, select } from "./metrics";
declare const stack: TerraformStack;
declare const server: Server;
const limits = { memoryMb: 64, cpus: 1 };
const { businessMetrics } = instrumentationOver(catalogue);
const counts = businessMetrics({ server }, "parcel-service");
`;
  let said: readonly string[];

  beforeAll(() => {
    user.writeExample();
    user.write("mistakes.ts", before + Object.keys(mistakes).join("\n"));
    said = user.run("node_modules/.bin/tsc", ["--pretty", "false"]).stdout.split("\n");
  }, fewMinutes);

  it("compiles as the document has it, the types of the package among it", () => {
    expect(said.filter((line) => /^\S/.test(line) && !line.startsWith("mistakes.ts("))).toEqual([]);
    expect(user.read("out/stack.js")).toContain("microservices-monitoring/constructs/docker/prometheus");
  });

  it.each(Object.entries(mistakes))("%s does not compile", (mistake, words) => {
    const line = before.split("\n").length + Object.keys(mistakes).indexOf(mistake);
    const from = said.findIndex((text) => text.startsWith(`mistakes.ts(${String(line)},`));
    const to = said.findIndex((text, at) => at > from && /^\S/.test(text));
    expect(from === -1 ? "" : said.slice(from, to === -1 ? undefined : to).join("\n")).toContain(words);
  });

  it("synthesizes its stack", () => {
    expect(user.run(process.execPath, ["out/stack.js"])).toMatchObject({ status: 0, stderr: "" });
    const { resource } = JSON.parse(user.read("cdktf.out/stacks/monitoring/cdk.tf.json")) as {
      resource: Readonly<Record<string, Readonly<Record<string, { name: string; upload?: unknown }>>>>;
    };
    const containers = Object.values(resource.docker_container ?? {});
    expect(containers.map(({ name }) => name).sort()).toEqual(["jaeger", "node-exporter", "prometheus"]);
    const uploads = JSON.stringify(containers.find(({ name }) => name === "prometheus")?.upload);
    expect(uploads).toContain("alert: NoParcels");
    expect(uploads).toContain("parcels_sent_total");
  });

  it.each(["service", "express-service", "http-service"])("counts what its %s does", async (program) => {
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const service = user.start(`out/${program}.js`, { PORT: port });
    try {
      await until(async () => (await fetch(`${url}/health/ready`).catch(() => undefined))?.ok === true);
      expect(await (await fetch(`${url}/parcels`, { method: "POST" })).json()).toEqual({ sent: true });
      const metrics = await (await fetch(`${url}/metrics`)).text();
      expect(metrics).toContain('\nparcels_sent_total{carrier="rail"} 1\n');
      expect(metrics).toContain('\nparcels_sent_total{carrier="road"} 0\n');
      expect(metrics).toContain(
        '\nhttp_requests_total{method="POST",route="/parcels",status_code="200"} 1\n',
      );
    } finally {
      service.kill();
      await once(service, "exit");
    }
  });

  it("is told what its service lacks where traces are asked for", () => {
    const collector = { OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9", PORT: "0" };
    const { status, stderr } = user.run(process.execPath, ["out/service.js"], collector);
    expect(status).toBe(1);
    expect(stderr).toContain(
      "@opentelemetry/otlp-exporter-base/node-http is not installed. Install what traces need",
    );
  });
});
