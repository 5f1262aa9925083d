import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { traceIdPattern } from "../../../constructs/grafana/loki-data-source";
import { lineFields } from "../../../dashboards/logql";

const root = join(__dirname, "../../..");
/** As in a container: with a trace. Nobody listens there. */
const traced = { JAEGER_AGENT_HOST: "127.0.0.1" };
const runbook = readFileSync(join(root, "docs/runbooks/ErrorLines.md"), "utf8");

/** The lines that a product service prints whose answer fails. */
async function linesOfAFailure(): Promise<string[]> {
  const service = fork(join(root, "services/product-service/main.ts"), {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, PORT: "0", LOG_LEVEL: "info", FAULT_INJECTION: "on", ...traced },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
  let output = "";
  service.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const [{ port }] = (await once(service, "message")) as [{ port: number }];
  const url = `http://127.0.0.1:${String(port)}/products`;
  const { status } = await fetch(url, { headers: { "x-fault": "error" } });
  expect(status).toBe(500);
  service.kill("SIGTERM");
  await once(service, "close");
  return output.trim().split("\n");
}

const fieldsOf = (line: string) => JSON.parse(line) as Record<string, unknown>;

it("the runbook of error lines asks for fields that the services' lines have", async () => {
  const grouped = /stats count\(\*\) as lines by (.*)$/m.exec(runbook)?.[1]?.split(", ") ?? [];
  const failed = (await linesOfAFailure()).map(fieldsOf).filter(({ level }) => Number(level) >= 50);
  expect(failed).toHaveLength(1);
  const valueOf = (field: string) =>
    field
      .split(".")
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], failed[0]);
  expect(Object.fromEntries(grouped.map((field) => [field, valueOf(field)]))).toEqual({
    name: "product-service",
    msg: "request failed",
    "err.message": expect.stringMatching(/x-fault/) as string,
  });
  expect(runbook).toContain("`trace_id`");
  expect(valueOf("trace_id")).toMatch(/^[0-9a-f]{32}$/);
});

it("what Grafana reads of a line in Loki is in a line of a service", async () => {
  const lines = await linesOfAFailure();
  const failed = lines.find((line) => Number(fieldsOf(line).level) >= 50) ?? "";
  const fields = fieldsOf(failed);
  expect(lineFields.filter((field) => !(field in fields))).toEqual([]);
  // As the data source finds it: by its first group.
  expect(new RegExp(traceIdPattern).exec(failed)?.[1]).toBe(fields.trace_id);
  const untraced = lines.filter((line) => !("trace_id" in fieldsOf(line)));
  expect(untraced.length).toBeGreaterThan(0);
  expect(untraced.filter((line) => new RegExp(traceIdPattern).test(line))).toEqual([]);
});
