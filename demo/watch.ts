import { setTimeout as sleep } from "node:timers/promises";
import type { Demo } from "./demo";
import type { DemoOutput } from "./output";
import { askStatus } from "./status";

/**
 * Tells what the demo shows of itself, and which program ends by itself, until the signal.
 * @param sent tells how many requests the traffic has sent
 * @returns the names of the programs that ended by themselves
 */
export async function watch(
  demo: Demo,
  output: DemoOutput,
  sent: () => number | undefined,
  over: AbortSignal,
): Promise<readonly string[]> {
  const ended: string[] = [];
  for (const program of demo.programs) {
    program.onEnd(({ code, signal }) => {
      if (over.aborted) return;
      ended.push(program.name);
      output.ended(program.name, signal ?? `status ${String(code)}`);
    });
  }
  const start = performance.now();
  while (!over.aborted) {
    output.status(await askStatus(demo, (performance.now() - start) / 1000, sent()));
    await sleep(output.statusIntervalMs, undefined, { signal: over }).catch(() => undefined);
  }
  return ended;
}
