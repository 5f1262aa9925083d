import { linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

const pollMs = 500;

/**
 * Does something that only one process may do at a time.
 * @param file is there meanwhile, with the process's id in it; that of a process that is gone counts for nothing
 * @param onWait is called once where another process is at it
 */
export async function withLock<T>(file: string, onWait: () => void, work: () => Promise<T>): Promise<T> {
  for (let waits = 0; !taken(file); waits += 1) {
    if (waits === 0) onWait();
    await sleep(pollMs);
  }
  const free = () => {
    rmSync(file, { force: true });
  };
  process.once("exit", free);
  try {
    return await work();
  } finally {
    process.off("exit", free);
    free();
  }
}

function taken(file: string): boolean {
  // It appears with the id in it: one that is empty would look like that of a process that is gone.
  const own = `${file}.${String(process.pid)}`;
  writeFileSync(own, String(process.pid));
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    if (!isAlive(file)) rmSync(file, { force: true });
    return false;
  } finally {
    rmSync(own, { force: true });
  }
}

function isAlive(file: string): boolean {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    // Another one of this process's own calls counts, too.
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
