import { spawnSync } from "node:child_process";

/** How often it is looked whether they are still there. */
const intervalMs = 500;

/**
 * Settles when the process that started this one has ended, or npm where npm did so by a shell: nobody could stop this
 * one any more.
 */
export function parentGone(): Promise<void> {
  const parents = [process.ppid];
  if (process.env.npm_lifecycle_event !== undefined) parents.push(parentOf(process.ppid) ?? process.ppid);
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (process.ppid === parents[0] && parents.every(isThere)) return;
      clearInterval(timer);
      resolve();
    }, intervalMs);
    timer.unref();
  });
}

function parentOf(pid: number): number | undefined {
  const parent = Number(spawnSync("ps", ["-o", "ppid=", "-p", String(pid)], { encoding: "utf8" }).stdout);
  return parent > 1 ? parent : undefined;
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process, which is there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
