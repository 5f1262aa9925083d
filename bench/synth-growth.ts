import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnvironment } from "../environments";
import { prod } from "../environments/prod";
import { synthesize } from "../stacks";

/**
 * Validates and synthesizes as many copies of prod as the first argument says, and prints the CPU seconds and the
 * greatest memory in MiB that the process took for it, as JSON.
 */
const count = Number(process.argv[2]);
const outdir = mkdtempSync(join(tmpdir(), "synth-growth-"));
try {
  const environments = Array.from({ length: count }, (_, index) =>
    parseEnvironment({ ...prod, name: `prod-${String(index)}` }, "prod"),
  );
  synthesize(environments, outdir);
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  console.log(JSON.stringify({ cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, memoryMiB: maxRSS / 1024 }));
} finally {
  rmSync(outdir, { recursive: true });
}
