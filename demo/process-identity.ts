import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** A process that is told apart from a later one with the same id. */
export interface ProcessIdentity {
  readonly pid: number;
  /** When it started, in the words of the system. */
  readonly started: string;
}

/** The process with an id; undefined where there is none, or only what is left of one that has ended. */
export function identify(pid: number): ProcessIdentity | undefined {
  const started = process.platform === "linux" ? startOnLinux(pid) : startByPs(pid);
  return started === undefined ? undefined : { pid, started };
}

/** Whether a process still runs. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  return identify(pid)?.started === started;
}

function startOnLinux(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${String(pid)}/stat`, "utf8");
    // The name, the second field, may hold spaces and parentheses: what follows it is counted from its end.
    const [state, ...fields] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    // Field 22, in clock ticks since the boot.
    return state === "Z" ? undefined : fields[18];
  } catch {
    return undefined;
  }
}

function startByPs(pid: number): string | undefined {
  const { stdout } = spawnSync("ps", ["-o", "stat=,lstart=", "-p", String(pid)], { encoding: "utf8" });
  const [, state = "", started] = /^\s*(\S+)\s+(.+?)\s*$/.exec(stdout) ?? [];
  return state.startsWith("Z") ? undefined : started;
}
