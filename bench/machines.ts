/**
 * What 200 machines cost in place of one: the time that Prometheus takes for all queries of Infrastructure Overview over
 * six hours, of the page of one machine, and of the rules of machines. Takes some minutes and 2 GB of temporary files.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { askedOf, startMachines, type AskedOfMachines } from "../__tests__/support/machines-asked";
import { type MachinesPrometheus, realExposition } from "../__tests__/support/machines-prometheus";
import { median, verdict } from "./measure";

const many = Number(process.argv[2] ?? 200);
const rounds = Number(process.argv[3] ?? 3);
/** Of the time with one machine: what grows faster than the number of machines is beyond it. */
const atMost = { overview: 1.5 * many, page: 3, rules: many / 2 } as const;
const parts = ["overview", "page", "rules"] as const;

void main();

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-machines-"));
  const running: MachinesPrometheus[] = [];
  try {
    const exposition = await realExposition();
    for (const machines of [1, many]) {
      process.stderr.write(`writing ${String(machines)} machines\n`);
      running.push(await startMachines(join(folder, String(machines)), exposition, machines));
    }
    const measured: AskedOfMachines[][] = running.map(() => []);
    for (let round = 0; round <= rounds; round += 1) {
      for (const [index, prometheus] of running.entries()) {
        const asked = await askedOf(prometheus);
        // The first one warms the caches.
        if (round > 0) measured[index]?.push(asked);
      }
    }
    const [one = [], all = []] = measured;
    for (const part of parts) report(part, one, all);
  } finally {
    await Promise.all(running.map((each) => each.stop()));
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(
  part: (typeof parts)[number],
  one: readonly AskedOfMachines[],
  all: readonly AskedOfMachines[],
): void {
  const secondsOf = (rounds: readonly AskedOfMachines[]) =>
    median(rounds.map((round) => round[part].reduce((sum, { cost }) => sum + cost.seconds, 0)));
  const [few, more] = [secondsOf(one), secondsOf(all)];
  const [slowest] = [...(all.at(-1)?.[part] ?? [])].sort((a, b) => b.cost.seconds - a.cost.seconds);
  console.log(
    `${part}: ${few.toFixed(3)} s with one machine, ${more.toFixed(3)} s with ${String(many)}; the slowest query is ` +
      `"${slowest?.name ?? ""}", ${(slowest?.cost.seconds ?? NaN).toFixed(3)} s`,
  );
  const ratio = more / few;
  console.log(verdict(`${part}, of the time with one machine`, ratio, atMost[part]));
  if (ratio > atMost[part]) process.exitCode = 1;
}
