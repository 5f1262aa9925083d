import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type * as Catalogue from "../../metrics/catalogue";
import type * as Define from "../../metrics/define";
import type * as Standard from "../../metrics/standard";
import { inProcess } from "../support/command-in-process";
import { temporaryFolder } from "../support/temporary-folder";

// What somebody adds to the shop's catalogue by the documents concerns no test here.
jest.mock("../../shop", () => {
  const { catalogueOf } = jest.requireActual<typeof Catalogue>("../../metrics/catalogue");
  const { counter, owned } = jest.requireActual<typeof Define>("../../metrics/define");
  const { serviceGroups } = jest.requireActual<typeof Standard>("../../metrics/standard");
  const services = {
    "shelf-service": { seriesBudget: 10_000, owner: "shelves" },
    "box-service": { seriesBudget: 10_000, owner: "boxes" },
  };
  const own = owned({ owner: "shelves", exportedBy: ["shelf-service"] }, [
    counter("shelves_total", { help: "Shelves.", unit: "shelves" }),
  ]);
  return { system: { catalogue: catalogueOf(services, ...serviceGroups, own) } };
});

const newFolder = temporaryFolder();
const command = inProcess("commands/infer.ts");
const text = "text/plain; version=0.0.4";

const counted = "# HELP parcels_total Parcels.\n# TYPE parcels_total counter\nparcels_total 1\n";

/** What the server answers at each path. */
const answers: Readonly<Record<string, readonly [type: string, body: string]>> = {
  "/metrics": [
    text,
    [
      "# HELP parcels_total Parcels.\n# TYPE parcels_total counter",
      'parcels_total{status="sent"} 1\nparcels_total{status="lost"} 0',
      "# HELP process_open_fds Files.\n# TYPE process_open_fds gauge\nprocess_open_fds 3",
      "# HELP queue_length Waiting.\n# TYPE queue_length gauge\nqueue_length 3",
      '# HELP took_ms Took.\n# TYPE took_ms summary\ntook_ms{quantile="0.5"} 3\ntook_ms_sum 3\ntook_ms_count 1\n',
    ].join("\n"),
  ],
  "/summary": [text, '# TYPE took summary\ntook{quantile="0.5"} 3\ntook_sum 3\ntook_count 1\n'],
  "/page": ["text/html", "<!doctype html><html></html>"],
  "/untyped": ["", counted],
  "/empty": [text, ""],
  "/private": [text, counted],
  "/documented": [text, documented("exposition")],
};
let server: Server;
let url: string;
let scrapes = 0;

beforeAll(async () => {
  server = createServer(({ url: path = "", headers }, response) => {
    const [type, body] = answers[path] ?? ["text/plain", ""];
    if (path === "/changing") {
      scrapes += 1;
      response.setHeader("content-type", text);
      response.end(
        `# HELP racks_total R.\n# TYPE racks_total counter\nracks_total{at="${"abc"[scrapes % 3] ?? ""}"} 1\n`,
      );
      return;
    }
    if (path === "/private" && headers.authorization !== `Basic ${btoa("ann:a secret")}`)
      response.statusCode = 401;
    if (!(path in answers)) response.statusCode = 404;
    if (type !== "") response.setHeader("content-type", type);
    response.end(body);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** A block of the document: what stands below a mark. */
function documented(mark: string): string {
  const document = readFileSync(join(__dirname, "../../docs/instrumenting.md"), "utf8");
  const [, block] =
    new RegExp(`<!-- infer: ${mark} -->\\n\\n\`\`\`\\w*\\n([^]*?)\`\`\``).exec(document) ?? [];
  if (block === undefined) throw new Error(`The document has no ${mark}.`);
  return block;
}

const named = ["--service", "parcel-service", "--owner", "parcels"];
const infer = (folder: string, ...args: readonly string[]) =>
  command(folder, ["--url", url, ...named, ...args]);

const moduleFrom = (from: string) => `import { counter, gauge, owned } from "${from}/define";
import { oneOf } from "${from}/labels";

/** What parcel-service measures, as its own metrics show it. */
export const parcel = owned({ owner: "parcels", exportedBy: ["parcel-service"] }, [
  counter("parcels_total", {
    help: "Parcels.",
    unit: "parcels",
    labels: {
      // 2 values were seen; add those that can still come.
      status: oneOf("lost", "sent"),
    },
  }),
  gauge("queue_length", {
    help: "Waiting.",
    // The name does not tell the unit: say what is counted.
    unit: "queue length",
  }),
]);
`;

describe("npm run infer", () => {
  it("prints a module, and beside it what was left out and what comes next", async () => {
    const { status, stdout, stderr } = await infer(newFolder());
    expect([status, stdout]).toEqual([0, moduleFrom("../../metrics")]);
    expect(stderr.split("\n")).toEqual([
      `The module has 2 metrics of parcel-service, from 1 scrape of ${url}/metrics.`,
      `1 metric is one that every service or its runtime has; whether it is as the catalogue says: npm run check:metrics -- --url ${url}/metrics --any-service`,
      "Look at:",
      '  queue_length  unit "queue length": the name does not tell the unit: say what is counted.',
      "Left out:",
      "  took_ms  is a summary, whose quantiles cannot be added up over instances: measure it as a histogram.",
      "Next:",
      "  1. Read the module, in a file of shop/metrics/: its comments say what is a guess.",
      "  2. Add the service to shop/metrics/services.ts:",
      '     "parcel-service": { seriesBudget: 10_000, owner: "parcels" },',
      "  3. Add the group to catalogueOf in shop/metrics/catalogue.ts:",
      '     import { parcel } from "./parcel";',
      "  4. npm run update",
      `  5. npm run check:metrics -- --url ${url}/metrics --service parcel-service`,
      "",
    ]);
  });

  it("writes what the document shows", async () => {
    const folder = newFolder();
    const [, called = "", printed] = /^\$ npm run infer -- (.*)\n([^]*)$/.exec(documented("output")) ?? [];
    const args = called.replace("http://localhost:8000", `${url}/documented`).split(" ");
    const { status, stdout, stderr } = await command(folder, args);
    expect([status, stderr]).toEqual([0, ""]);
    expect(stdout.replaceAll(`${url}/documented`, "http://localhost:8000/metrics")).toBe(printed);
    const written = readFileSync(join(folder, "shop/metrics/payment.ts"), "utf8");
    expect(written.replaceAll("microservices-monitoring/metrics", "../../metrics")).toBe(
      documented("module"),
    );
  });

  it("writes a file, once, and again where it is told to", async () => {
    const folder = newFolder();
    const file = join(folder, "made/parcel.ts");
    const first = await infer(folder, "--out", "made/parcel.ts");
    expect([first.status, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toMatch(/^made\/parcel\.ts has 2 metrics of parcel-service, from 1 scrape /);
    // Outside of the project the package is imported.
    expect(readFileSync(file, "utf8")).toBe(moduleFrom("microservices-monitoring/metrics"));
    writeFileSync(file, "mine");
    const second = await infer(folder, "--out", "made/parcel.ts");
    expect(second).toEqual({
      status: 1,
      stdout: "",
      stderr: "--out: made/parcel.ts is there already. Name another file, or overwrite it with --force.\n",
    });
    expect(readFileSync(file, "utf8")).toBe("mine");
    expect((await infer(folder, "--out", "made/parcel.ts", "--force")).status).toBe(0);
    expect(readFileSync(file, "utf8")).toBe(moduleFrom("microservices-monitoring/metrics"));
  });

  it("sees in several scrapes what comes and goes", async () => {
    const { stdout, stderr } = await infer(
      newFolder(),
      "--url",
      `${url}/changing`,
      "--scrapes",
      "3",
      "--every",
      "1ms",
    );
    expect(stdout).toContain('at: oneOf("a", "b", "c"),');
    expect(stderr).toContain(`from 3 scrapes of ${url}/changing.`);
  });

  it("tells of a Content-Type that Prometheus does not read", async () => {
    const { status, stderr } = await infer(newFolder(), "--url", `${url}/untyped`);
    expect([status, stderr]).toEqual([0, expect.stringContaining("Content-Type found nothing, allowed: ")]);
  });

  it.each([
    [
      "/summary",
      "has no metric that an entry can be made of: nothing is written.\nLeft out:\n  took  is a summary",
    ],
    ["/page", "is an HTML page, no exposition of Prometheus or OpenMetrics."],
    ["/empty", "is empty: it exposes no metric."],
    ["/nothing", "answers with status 404, not with metrics."],
  ])("writes nothing of %s", async (path, message) => {
    const folder = newFolder();
    const { status, stdout, stderr } = await infer(folder, "--url", url + path, "--out", "parcel.ts");
    expect([status, stdout, stderr]).toEqual([1, "", expect.stringContaining(message)]);
    expect(existsSync(join(folder, "parcel.ts"))).toBe(false);
  });

  it("takes a service that the catalogue knows and has no metrics of", async () => {
    const { status, stdout } = await infer(newFolder(), "--service", "box-service");
    expect([status, stdout]).toEqual([0, expect.stringContaining('exportedBy: ["box-service"]')]);
  });

  it.each([
    ["ann:a%20secret", 0, "1 metric of parcel-service"],
    ["ann:100%", 1, "/private answers with status 401"],
    ["ann:another", 1, "/private answers with status 401"],
  ])(
    "gives the name and the password of %s, and shows them nowhere",
    async (credentials, status, message) => {
      const address = `${url.replace("://", `://${credentials}@`)}/private`;
      const ended = await infer(newFolder(), "--url", address);
      expect([ended.status, ended.stderr]).toEqual([status, expect.stringContaining(message)]);
      expect(ended.stdout + ended.stderr).not.toMatch(/ann|secret|another/);
    },
  );

  it("says of an address that nobody is there", async () => {
    const { status, stderr } = await infer(newFolder(), "--url", "http://127.0.0.1:1");
    expect([status, stderr]).toEqual([1, expect.stringMatching(/cannot be reached/)]);
  });

  it.each([
    [
      ["--service", "Parcel_Service"],
      '--service: found "Parcel_Service", allowed: a-z, 0-9 and single dashes',
    ],
    [["--service", "shelf-service"], "--service: the catalogue has 1 metric of shelf-service already"],
    [["--owner", "The Team"], '--owner: found "The Team", allowed: '],
    [["--out", "parcel.js"], '--out: found "parcel.js", allowed: a file of TypeScript'],
    [["--scrapes", "0"], "--scrapes: expected a whole number from 1 to 1000"],
    [["--scrapes", "1.5"], "--scrapes: expected a whole number from 1 to 1000"],
    [["--every", "soon"], '--every: found "soon", allowed: a duration such as 5s or 1m.'],
    [["--url", "parcels"], '--url: expected an http(s) URL, found "parcels".'],
    [["--ot", "x"], "--ot: found no such option"],
  ])("refuses %j", async (args, message) => {
    const { status, stdout, stderr } = await infer(newFolder(), ...args);
    expect([status, stdout, stderr]).toEqual([1, "", expect.stringContaining(message)]);
  });

  it.each([
    ["--url", [...named]],
    ["--service", ["--url", "http://127.0.0.1:1", "--owner", "parcels"]],
    ["--owner", ["--url", "http://127.0.0.1:1", "--service", "parcel-service"]],
  ])("asks for %s", async (option, args) => {
    expect(await command(newFolder(), args)).toMatchObject({
      status: 1,
      stderr: `${option} is missing.\nSee --help.\n`,
    });
  });

  it("says which file is no folder, and leaves it", async () => {
    const folder = newFolder();
    writeFileSync(join(folder, "made"), "mine");
    mkdirSync(join(folder, "other"));
    const { status, stderr } = await infer(folder, "--out", "made/parcel.ts");
    expect([status, stderr]).toEqual([
      1,
      expect.stringMatching(/^--out: made\/parcel\.ts cannot be written/),
    ]);
    expect(readFileSync(join(folder, "made"), "utf8")).toBe("mine");
  });
});
