import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/**
 * The program of this machine that listens at a TCP port, as `name (pid 123)`. Undefined where /proc does not tell: it is
 * not Linux, or the program is another user's.
 */
export function portHolder(port: number): string | undefined {
  const sockets = ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => listeningSockets(table, port));
  if (sockets.length === 0) return undefined;
  for (const pid of entries("/proc").filter((name) => /^\d+$/.test(name))) {
    const folder = `/proc/${pid}/fd`;
    const holds = entries(folder).some((fd) => sockets.includes(link(`${folder}/${fd}`)));
    if (holds) return `${read(`/proc/${pid}/comm`).trim()} (pid ${pid})`;
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
