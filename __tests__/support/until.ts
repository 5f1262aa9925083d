import { setTimeout as sleep } from "node:timers/promises";

/**
 * Waits until something is so.
 * @param limitMs for how long at most, ten times what a busy machine needs. Default: 30 s
 * @throws Error when it is not so by then
 */
export async function until(holds: () => boolean | Promise<boolean>, limitMs = 30_000): Promise<void> {
  for (const end = Date.now() + limitMs; !(await holds()); await sleep(20)) {
    if (Date.now() > end) throw new Error(`Not so within ${String(limitMs / 1_000)} s: ${holds.toString()}`);
  }
}
