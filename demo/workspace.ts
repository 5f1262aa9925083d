import { execFileSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identify, isAlive, type ProcessIdentity } from "./process-identity";

const prefix = "microservices-monitoring-demo-";
const recordName = "processes.json";
/** A folder without a record is one that was being made, unless it is older than this. */
const incompleteMs = 60_000;

/** Who uses a folder and what was started for it, so that a later start can tell and clear up. */
interface Record {
  readonly owner: ProcessIdentity;
  readonly children: readonly ProcessIdentity[];
}

/** A temporary folder, readable by its owner alone, with a record of the processes that were started for it. */
export class Workspace {
  private constructor(
    readonly folder: string,
    private readonly owner: ProcessIdentity,
    private readonly children: ProcessIdentity[] = [],
  ) {}

  static create(): Workspace {
    const owner = identify(process.pid);
    if (!owner) throw new Error("This process cannot tell when it started.");
    const workspace = new Workspace(mkdtempSync(join(tmpdir(), prefix)), owner);
    workspace.write();
    process.once("exit", workspace.removeAtExit);
    return workspace;
  }

  /** Notes a process that was started. */
  note(pid: number | undefined): void {
    const child = pid === undefined ? undefined : identify(pid);
    if (!child) return;
    this.children.push(child);
    this.write();
  }

  /** Leaves a note in the folder, for other processes of this user. */
  leave(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text, { mode: 0o600 });
  }

  /** Removes the folder and all that is in it. */
  remove(): void {
    process.off("exit", this.removeAtExit);
    removeFolder(this.folder);
  }

  // Programs that are still there may write while the folder is removed: what is left then, the next start removes.
  private readonly removeAtExit = () => {
    try {
      removeFolder(this.folder);
    } catch {
      // As above.
    }
  };

  private write(): void {
    const record: Record = { owner: this.owner, children: this.children };
    const file = join(this.folder, recordName);
    writeFileSync(`${file}.new`, JSON.stringify(record), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }
}

/** Ends the processes and removes the folders of demos that were killed. */
export async function clearLeftovers(): Promise<void> {
  for (const folder of ownFolders()) {
    const record = readRecord(folder);
    if (record === undefined) {
      if (Date.now() - lstatSync(folder).mtimeMs < incompleteMs) continue;
    } else {
      if (isAlive(record.owner)) continue;
      await endAll(record.children);
    }
    removeFolder(folder);
  }
}

/** Removes a folder, and takes away first what is mounted below it. */
function removeFolder(folder: string): void {
  for (const mountpoint of mountpointsBelow(folder)) execFileSync("umount", [mountpoint]);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** The file systems below a folder, the innermost first. Linux alone tells of them, and they are made there alone. */
function mountpointsBelow(folder: string): string[] {
  if (!existsSync("/proc/self/mounts")) return [];
  return readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" ")[1] ?? "")
    .filter((mountpoint) => mountpoint.startsWith(`${folder}/`))
    .reverse();
}

/** The demo that still runs and has started a process, by its process id. */
export function demoOf(pid: number): number | undefined {
  return ownFolders()
    .map(readRecord)
    .find((record) => record?.children.some((child) => child.pid === pid && isAlive(child)))?.owner.pid;
}

/** The notes of a name that the demos which run now have left. */
export function notesOfRunningDemos(name: string): readonly string[] {
  return ownFolders()
    .filter((folder) => {
      const record = readRecord(folder);
      return record !== undefined && isAlive(record.owner) && existsSync(join(folder, name));
    })
    .map((folder) => readFileSync(join(folder, name), "utf8"));
}

/** The folders of this user: nobody else's record may name a process to end. */
function ownFolders(): string[] {
  return readdirSync(tmpdir())
    .filter((name) => name.startsWith(prefix))
    .map((name) => join(tmpdir(), name))
    .filter((folder) => {
      const stats = lstatSync(folder, { throwIfNoEntry: false });
      return stats?.isDirectory() === true && stats.uid === process.getuid?.();
    });
}

function readRecord(folder: string): Record | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, recordName), "utf8")) as Record;
  } catch {
    return undefined;
  }
}

async function endAll(processes: readonly ProcessIdentity[]): Promise<void> {
  for (const each of processes) {
    if (!isAlive(each)) continue;
    process.kill(each.pid, "SIGKILL");
    for (let tries = 0; isAlive(each) && tries < 250; tries++) await sleep(20);
  }
}
