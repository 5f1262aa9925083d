import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const folderPrefix = "monitoring-engine-";

/**
 * Makes a folder for an engine of this process.
 * @param index which of the engines that this process runs at once it is
 */
export function makeEngineFolder(index: number): string {
  return mkdtempSync(join(tmpdir(), `${folderPrefix}${String(process.pid)}-${String(index)}-`));
}

/** Removes what engines left behind whose starter was killed. */
export async function removeLeftFolders(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    if (!isRunning(partsOf(name).starter)) await removeEngineFolder(join(tmpdir(), name));
  }
}

/** What the name of an engine's folder tells: the process id of who started it, and which of that process's it is. */
export function partsOf(folder: string) {
  const [starter, index] = basename(folder).slice(folderPrefix.length).split("-");
  return { starter: Number(starter), index: Number(index) };
}

/** Name of an engine's default bridge: 15 letters at most. */
export function bridgeOf(folder: string): string {
  const { starter, index } = partsOf(folder);
  return `engine${String(index)}-${String(starter)}`;
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** Removes an engine's folder and the bridges of networks that it could not remove itself any more. */
export async function removeEngineFolder(folder: string): Promise<void> {
  for (const bridge of [bridgeOf(folder), ...networkBridges(folder)]) await ipLinkDelete(bridge);
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
}

/** The names of bridges that an engine's database of networks mentions, those of removed networks too. */
function networkBridges(folder: string): string[] {
  try {
    const database = readFileSync(join(folder, "data", "network", "files", "local-kv.db"), "latin1");
    return [...new Set(database.match(/br-[0-9a-f]{12}/g) ?? [])];
  } catch {
    return [];
  }
}

function ipLinkDelete(name: string): Promise<void> {
  return new Promise((resolve) => {
    // Most are gone already.
    execFile("ip", ["link", "delete", name], () => {
      resolve();
    });
  });
}
