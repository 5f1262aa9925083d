import { readdirSync, readFileSync } from "node:fs";
import { ManagedProcess } from "../../demo/processes";
import type { Prepared } from "./prepare";

/** How a server is instrumented. */
export type Kind = "bare" | "ours" | "peer";

/** A server that answers. */
export interface Server {
  readonly process: ManagedProcess;
  readonly url: string;
}

/** Starts a server that says in a line where it listens. @throws Error when it has not after 20 s */
export async function startServer(
  name: string,
  { command, env }: Prepared,
  args: readonly string[],
): Promise<Server> {
  let heard: (url: string) => void;
  const listening = new Promise<string>((resolve) => (heard = resolve));
  const server = new ManagedProcess({
    name,
    command,
    args,
    env: { ...process.env, ...env },
    onLine: (line) => {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (url !== undefined) heard(url);
    },
  });
  const ended = server.exited.then(() => Promise.reject(new Error(`${name} ended before it listened.`)));
  const url = await Promise.race([listening, ended]);
  await server.healthy(`${url}/products/42`, 20_000);
  return { process: server, url };
}

/** CPU time that a process and its children have used so far, in microseconds: of all threads that live. */
export function cpuOf(pid: number | undefined): number {
  if (pid === undefined) throw new Error("The server does not run.");
  const tasks = `/proc/${String(pid)}/task`;
  let microseconds = 0;
  for (const task of readdirSync(tasks)) {
    // Nanoseconds on a CPU, in user and kernel mode: the ticks of `stat` are 10 ms.
    microseconds += Number(readFileSync(`${tasks}/${task}/schedstat`, "utf8").split(" ")[0]) / 1_000;
    const children = readFileSync(`${tasks}/${task}/children`, "utf8").split(" ");
    for (const child of children.filter((each) => each !== "")) microseconds += cpuOf(Number(child));
  }
  return microseconds;
}

/** How many requests to `/products/42` the histogram of a server has counted. */
export async function observed({ url }: Server): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const counts = text.matchAll(/^(?:flask_)?http_request_duration_seconds_count\{.*products.*\} (\S+)$/gm);
  return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
}
