import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A program of this machine. */
export interface PortHolder {
  readonly name: string;
  readonly pid: number;
}

/**
 * The program of this machine that listens at a TCP port. Undefined where nobody tells: the program is another user's, or
 * there is neither /proc nor lsof.
 */
export function portHolder(port: number): PortHolder | undefined {
  return existsSync("/proc/net/tcp") ? holderByProc(port) : holderByLsof(port);
}

/** `name (pid 123)` */
export function holderInWords({ name, pid }: PortHolder): string {
  return `${name} (pid ${String(pid)})`;
}

function holderByLsof(port: number): PortHolder | undefined {
  const args = ["-nP", `-iTCP:${String(port)}`, "-sTCP:LISTEN", "-Fpc"];
  const { stdout } = spawnSync("lsof", args, { encoding: "utf8" });
  const [, pid, name] = /p(\d+)\nc(.*)/.exec(stdout) ?? [];
  return name === undefined ? undefined : { name, pid: Number(pid) };
}

function holderByProc(port: number): PortHolder | undefined {
  const sockets = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => listeningSockets(table, port));
  if (sockets.length === 0) return undefined;
  for (const pid of entries("/proc").filter((name) => /^\d+$/.test(name))) {
    const folder = `/proc/${pid}/fd`;
    const holds = entries(folder).some((fd) => sockets.includes(link(`${folder}/${fd}`)));
    if (holds) return { name: read(`/proc/${pid}/comm`).trim(), pid: Number(pid) };
  }
  return undefined;
}

/** How the links in /proc/<pid>/fd name the sockets that listen at a port. */
function listeningSockets(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  const listening = "0A";
  return read(table)
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === listening)
    .map((columns) => `socket:[${columns[9] ?? ""}]`);
}

// Processes end, and those of others are closed, while this reads: what cannot be read tells nothing.
function entries(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
