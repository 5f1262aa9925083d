import { readFileSync, writeFileSync } from "node:fs";
import { spawn } from "node:child_process";
import { createServer, type Server } from "node:http";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { projectCopies } from "../../support/project-copy";

jest.setTimeout(300_000);

const makeCopy = projectCopies({ whole: true });
const exposition = [
  "# HELP http_requests_total HTTP requests.\n# TYPE http_requests_total counter",
  'http_requests_total{method="GET",route="/",status_code="200"} 1',
  "# HELP http_request_duration_seconds Time.\n# TYPE http_request_duration_seconds histogram",
  ...[..."0.005 0.01 0.025 0.05 0.1 0.25 0.5 1 2.5 5 10 +Inf".split(" ")].map(
    (le) => `http_request_duration_seconds_bucket{method="GET",route="/",status_code="200",le="${le}"} 1`,
  ),
  'http_request_duration_seconds_sum{method="GET",route="/",status_code="200"} 0.001',
  'http_request_duration_seconds_count{method="GET",route="/",status_code="200"} 1',
  "# HELP payments_total Payments, by outcome.\n# TYPE payments_total counter",
  'payments_total{status="success",customer="ann@example.com"} 3\npayments_total{status="failure",customer="bob@example.com"} 0',
  "# HELP payment_wait_seconds Time that payments waited, which is told in a text that is rather too long for a line of code.",
  "# TYPE payment_wait_seconds histogram",
  'payment_wait_seconds_bucket{le="0.1"} 1\npayment_wait_seconds_bucket{le="+Inf"} 1\npayment_wait_seconds_sum 0.1\npayment_wait_seconds_count 1',
  "# HELP payment_queue Payments that wait.\n# TYPE payment_queue gauge\npayment_queue 3",
  "",
].join("\n");

describe("npm run infer, and what it tells to do next", () => {
  let server: Server;
  let url: string;
  const project = makeCopy();
  /** This process answers meanwhile. */
  const run = async (command: string, ...args: readonly string[]) => {
    const child = spawn(command, args, { cwd: project.folder, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (text: Buffer) => (output += text.toString()));
    const [status] = (await once(child, "close")) as [number];
    return { status, output };
  };
  const npm = (...args: readonly string[]) => run("npm", "run", "--silent", ...args);

  beforeAll(async () => {
    server = createServer((_, response) => {
      response.setHeader("content-type", "text/plain; version=0.0.4");
      response.end(exposition);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  it("writes a module, and names the steps", async () => {
    const asked = ["--url", url, "--service", "payment-service", "--owner", "payments"];
    const { status, output } = await npm("infer", "--", ...asked, "--out", "shop/metrics/payment.ts");
    expect([status, output]).toEqual([
      0,
      expect.stringContaining("shop/metrics/payment.ts has 3 metrics of payment-service"),
    ]);
    const line = /^ +("payment-service": \{.+\},)$/m.exec(output)?.[1] ?? "";
    const imported = /^ +(import \{ payment \} from "\.\/payment";)$/m.exec(output)?.[1] ?? "";
    project.edit("shop/metrics/services.ts", /(?<="order-service": .*\n)/, `  ${line}\n`);
    project.edit("shop/metrics/catalogue.ts", /(?=import \{ product \})/, `${imported}\n`);
    project.edit("shop/metrics/catalogue.ts", "auth, order, ", "auth, order, payment, ");
    expect(readFileSync(join(project.folder, "shop/metrics/payment.ts"), "utf8")).not.toContain(
      "example.com",
    );
  });

  it("has no type wrong, no finding of the linter, and Prettier's form", async () => {
    const catalogue = { extends: "./tsconfig.json", include: ["shop/metrics/*.ts"] };
    writeFileSync(join(project.folder, "tsconfig.catalogue.json"), JSON.stringify(catalogue));
    const files = ["shop/metrics/payment.ts", "shop/metrics/services.ts"];
    const ended = await Promise.all([
      run("npx", "tsc", "-p", "tsconfig.catalogue.json"),
      run("npx", "eslint", "--max-warnings", "0", ...files),
      run("npx", "prettier", "--check", ...files),
    ]);
    // What npm says of a Node that is older than it likes is no finding.
    expect(ended.map(({ status, output }) => (status === 0 ? "" : output))).toEqual(["", "", ""]);
  });

  it("then finds nothing in the service", async () => {
    expect(await npm("check:metrics", "--", "--url", url, "--service", "payment-service")).toEqual({
      status: 0,
      output: `${url}/metrics as payment-service: 5 metrics, all as the catalogue has them.\n`,
    });
  });

  it("says of the service from then on that the catalogue has it", async () => {
    const { status, output } = await npm(
      "infer",
      "--",
      "--url",
      url,
      "--service",
      "payment-service",
      "--owner",
      "a",
    );
    expect([status, output]).toEqual([
      1,
      expect.stringContaining("the catalogue has 3 metrics of payment-service already"),
    ]);
  });
});
