import { spawnSync } from "node:child_process";
import { assertFreePort } from "../operations/loopback-port";
import { demoOf } from "./workspace";

/** A port that a program is to listen at. */
export interface WantedPort {
  readonly port: number;
  /** Name of the program. */
  readonly program: string;
}

/** @throws Error that lists the ports that are taken, and by whom, where that can be seen */
export async function assertFree(wanted: readonly WantedPort[]): Promise<void> {
  const taken: string[] = [];
  for (const { port, program } of wanted) {
    try {
      await assertFreePort(port);
    } catch (error) {
      taken.push(`  ${String(port)}, of ${program}: ${reason(error, port)}`);
    }
  }
  if (taken.length === 0) return;
  throw new Error(
    `${taken.length === 1 ? "A port is" : "Ports are"} taken:\n${taken.join("\n")}\n` +
      "Stop what is there, or take free ports: npm run demo -- --free-ports",
  );
}

function reason(error: unknown, port: number): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code !== "EADDRINUSE") return message;
  const owner = ownerOf(port);
  if (!owner) return "taken by a program of another user";
  const demo = demoOf(owner.pid);
  return `taken by ${owner.name} (process ${String(owner.pid)}${demo === undefined ? "" : `, of the demo that runs as process ${String(demo)}`})`;
}

/** Who listens at a port, as far as this user may see it. */
function ownerOf(port: number): { readonly name: string; readonly pid: number } | undefined {
  const ss = spawnSync("ss", ["-Hltnp", `sport = :${String(port)}`], { encoding: "utf8" });
  const [, name, pid] = /users:\(\("([^"]*)",pid=(\d+)/.exec(ss.stdout) ?? [];
  if (name !== undefined) return { name, pid: Number(pid) };
  const lsof = spawnSync("lsof", ["-nP", `-iTCP:${String(port)}`, "-sTCP:LISTEN", "-Fpc"], {
    encoding: "utf8",
  });
  const [, lsofPid, lsofName] = /p(\d+)\nc(.*)/.exec(lsof.stdout) ?? [];
  return lsofName === undefined ? undefined : { name: lsofName, pid: Number(lsofPid) };
}
