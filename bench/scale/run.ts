/**
 * What so many series cost in each engine: CPU and memory of one Prometheus, and of an agent and the Cortex that it
 * writes to; the time of all rules; the time of each dashboard's queries. The engines run one after the other on the same
 * work, so that none takes the other's cores. Takes some 15 minutes, 10 GB of memory and as much below the temporary
 * folder; `--short` four minutes.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Dashboard } from "../../dashboards/lint/dashboard";
import { ManagedProcess } from "../../demo/processes";
import { findProgram } from "../../operations/find-program";
import { localDashboards } from "../local-dashboards";
import { startHost, startWorkspace } from "./engines";
import { measure, type Measured } from "./measured";
import { report, type Result } from "./report";
import { nameOf, type Plan, planOf, type Size } from "./size";

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const plan = planOf(process.argv.slice(2));
  const missing = ["prometheus", "cortex"].filter((name) => findProgram(name) === undefined);
  if (missing.length > 0) {
    throw new Error(`Not found on the path: ${missing.join(", ")}. Get them by .ci/install-programs.`);
  }
  const folder = mkdtempSync(join(tmpdir(), "bench-scale-"));
  try {
    const dashboards = localDashboards(folder);
    const results: Result[] = [];
    for (const size of plan.sizes) results.push(await resultOf(size, plan, dashboards, folder));
    console.log(report(results));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function resultOf(
  size: Size,
  plan: Plan,
  dashboards: ReadonlyMap<string, Dashboard>,
  folder: string,
): Promise<Result> {
  const targets = new ManagedProcess({
    name: "targets",
    command: process.execPath,
    args: ["--import", "tsx", join(__dirname, "targets.ts"), String(size.seriesPerService)],
    ipc: true,
  });
  try {
    const { port } = await targets.message<{ type: "listening"; port: number }>("listening", 60_000);
    const one = async (name: string, start: typeof startHost): Promise<Measured> => {
      const work = join(folder, `${name}-${nameOf(size)}`);
      mkdirSync(work);
      const engine = await start(work, size, port);
      try {
        return await measure(engine, size, plan, dashboards, (doing) => {
          process.stderr.write(`${nameOf(size)}, ${name}: ${doing}\n`);
        });
      } finally {
        await engine.stop();
        rmSync(work, { recursive: true, force: true });
      }
    };
    return { size, host: await one("host", startHost), workspace: await one("workspace", startWorkspace) };
  } finally {
    await targets.stop();
  }
}
