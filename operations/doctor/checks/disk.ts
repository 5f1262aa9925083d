import { execFile } from "node:child_process";
import { statfs } from "node:fs/promises";
import { type Finding, ok, problem, warning } from "../../checks/check";
import type { DoctorCheck } from "../check";
import type { DockerEngine } from "../engine";

const gibibyte = 1024 ** 3;
/** Nothing can be pulled into less. */
const leastBytes = gibibyte;
/** The images of all containers and a day of data. */
const comfortableBytes = 8 * gibibyte;

/** Whether the file system of the engine's data has room. Not known of an engine that is reached by TCP. */
export const diskCheck: DoctorCheck = {
  name: "Disk",
  isCheap: true,
  timeLimitMs: 25_000,
  async run({ engine }): Promise<Finding[]> {
    const info = await engine?.get<{ DockerRootDir: string }>("/info").catch(() => undefined);
    if (!engine || !info) return [];
    const folder = info.DockerRootDir;
    const free = await freeBytes(engine, folder);
    if (free === undefined) return [warning(`the room at ${folder} of ${engine.host} is not seen from here`)];
    const text = `${(free / gibibyte).toFixed(1)} GiB free at ${folder}`;
    const mend =
      "Free some: docker system df shows what takes it, docker system prune removes what nothing uses.";
    if (free < leastBytes) return [problem(`only ${text}`, mend)];
    return [free < comfortableBytes ? warning(`only ${text}`, mend) : ok(text)];
  },
};

async function freeBytes({ isLocal, shell }: DockerEngine, folder: string): Promise<number | undefined> {
  try {
    if (isLocal) {
      const { bavail, bsize } = await statfs(folder);
      return bavail * bsize;
    }
    return shell ? await remoteFreeBytes(shell, folder) : undefined;
  } catch {
    // In a virtual machine (Docker Desktop) the folder is not one of this machine.
    return undefined;
  }
}

function remoteFreeBytes([command = "", ...args]: readonly string[], folder: string): Promise<number> {
  return new Promise((resolve, reject) => {
    execFile(command, [...args, "df", "-Pk", folder], { timeout: 15_000 }, (error, stdout) => {
      const kibibytes = Number(stdout.trim().split("\n").at(-1)?.split(/\s+/)[3]);
      if (error === null && !Number.isNaN(kibibytes)) resolve(kibibytes * 1024);
      else reject(error ?? new Error("df tells no number"));
    });
  });
}
