/**
 * What a synth costs, as ratios in one run:
 * - the program that cdktf.json runs, for all stacks, against loading cdktf alone;
 * - the same program against `npx ts-node main.ts`, the framework template's way, which checks types each time;
 * - its growth from 10 to 100 to 1,000 environments.
 * With `--short` the template's way is timed once, and the growth is that to 100.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { formatTable } from "../operations/terminal/table";
import { median, type Program, timeInTurn, verdict } from "./measure";

const root = join(__dirname, "..");
const isShort = process.argv.includes("--short");
const work = mkdtempSync(join(root, ".bench-"));
process.chdir(root);
process.env.CDKTF_OUTDIR = join(work, "out");
process.env.CHECKPOINT_DISABLE = "1";

try {
  compareStarts();
  compareGrowth();
} finally {
  rmSync(work, { recursive: true });
}

function compareStarts(): void {
  const app = (JSON.parse(readFileSync("cdktf.json", "utf8")) as { app: string }).app.split(" ");
  const [command = "", ...args] = app;
  const ours: Program = { label: `cdktf.json: ${app.join(" ")}`, command, args };
  const bare: Program = {
    label: `node -e "require('cdktf')"`,
    command: "node",
    args: ["-e", "require('cdktf')"],
  };
  const template: Program = { label: "npx ts-node main.ts", command: "npx", args: ["ts-node", "main.ts"] };

  const fast = timeInTurn([ours, bare], 9);
  const slow = timeInTurn([ours, template], isShort ? 1 : 3);
  const rows = [...fast, ...slow].map(([label, seconds]) => [label, median(seconds).toFixed(3)]);
  console.log(formatTable(["PROGRAM", "SECONDS (MEDIAN)"], rows));
  const ratio = (times: Map<string, number[]>, other: Program) =>
    median(times.get(ours.label) ?? []) / median(times.get(other.label) ?? []);
  console.log(verdict("against loading cdktf alone", ratio(fast, bare), 3));
  console.log(verdict("against ts-node with its type check", ratio(slow, template), 0.25));
}

function compareGrowth(): void {
  const script = join(work, "growth.js");
  buildSync({
    entryPoints: ["bench/synth-growth.ts"],
    bundle: true,
    packages: "external",
    platform: "node",
    target: "node20",
    outfile: script,
  });
  const sizes = isShort ? [10, 100] : [10, 100, 1000];
  const costs = sizes.map((environments) => {
    const { stdout, stderr, status } = spawnSync("node", [script, String(environments)], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`${String(environments)} environments: ${stderr}`);
    return { environments, ...(JSON.parse(stdout) as { cpuSeconds: number; memoryMiB: number }) };
  });
  const rows = costs.map(({ environments, cpuSeconds, memoryMiB }) => [
    environments,
    environments * 4,
    cpuSeconds.toFixed(2),
    memoryMiB.toFixed(0),
  ]);
  console.log(`\n${formatTable(["ENVIRONMENTS", "STACKS", "CPU SECONDS", "MEMORY MiB"], rows)}`);
  for (const [less, more] of [costs.slice(0, 2), costs.slice(1)]) {
    if (!less || !more) continue;
    const step = `from ${String(less.environments)} to ${String(more.environments)} environments`;
    console.log(verdict(`CPU, ${step}`, more.cpuSeconds / less.cpuSeconds, 10));
    console.log(verdict(`memory, ${step}`, more.memoryMiB / less.memoryMiB, 10));
  }
}
