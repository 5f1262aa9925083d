import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { ManagedProcess } from "../../commands/lib/processes";
import type { CpuMessage } from "./servers/harness";

/** A server of the benchmark, running in a process of its own. */
export interface BenchServer {
  readonly process: ManagedProcess;
  readonly url: string;
}

/** How much is asked of a server in one round. */
export interface Load {
  readonly warmUp: number;
  readonly requests: number;
  readonly connections: number;
}

/** Starts one of the files in `servers/`. */
export async function startServer(file: string, env: Record<string, string> = {}): Promise<BenchServer> {
  const server = new ManagedProcess({
    name: file,
    command: process.execPath,
    args: ["--require", require.resolve("tsx/cjs"), join(__dirname, "servers", `${file}.ts`)],
    env: { ...process.env, ...env },
    ipc: true,
  });
  const { port } = await server.message<{ type: "listening"; port: number }>("listening", 20_000);
  return { process: server, url: `http://127.0.0.1:${String(port)}` };
}

/**
 * CPU time of the server process per request, in microseconds.
 * @param settled waits until the server has done all that the requests asked of it, such as sending their spans
 */
export async function cpuPerRequest(
  { process: server, url }: BenchServer,
  load: Load,
  settled: (requests: number) => Promise<void>,
): Promise<number> {
  await send(url, load.warmUp, load.connections);
  await settled(load.warmUp);
  const before = await cpu(server);
  await send(url, load.requests, load.connections);
  await settled(load.warmUp + load.requests);
  return ((await cpu(server)) - before) / load.requests;
}

async function cpu(server: ManagedProcess): Promise<number> {
  const answer = server.message<CpuMessage>("cpu", 5_000);
  server.send("cpu");
  return (await answer).microseconds;
}

/** Sends requests over keep-alive connections from a process of its own. */
async function send(url: string, amount: number, connections: number): Promise<void> {
  let output = "";
  const client = new ManagedProcess({
    name: "autocannon",
    command: process.execPath,
    args: [
      require.resolve("autocannon"),
      ...["--connections", String(connections), "--amount", String(amount), "--json", "--no-progress"],
      `${url}/products/42`,
    ],
    onLine: (line) => (output += line),
  });
  await client.exited;
  const { "2xx": answered } = JSON.parse(output.slice(output.indexOf("{"))) as { "2xx": number };
  if (answered !== amount)
    throw new Error(`${String(answered)} of ${String(amount)} requests were answered.`);
}

/** Waits until the sink has received this many spans. @throws Error when it has not after 20 s */
export async function spansReceived(sink: BenchServer, expected: number): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    const received = Number(await (await fetch(sink.url)).text());
    if (received === expected) return;
    if (received > expected) throw new Error(`${String(received)} spans for ${String(expected)} requests.`);
    await sleep(100);
  }
  throw new Error(`The sink has not received all of ${String(expected)} spans.`);
}

/** Durations of the first scrape of processes that export many series. */
export interface FirstScrape {
  readonly series: number;
  readonly milliseconds: readonly number[];
}

/** Scrapes a fresh process of ten thousand series, several times. */
export async function firstScrape(processes = 5): Promise<FirstScrape> {
  const milliseconds: number[] = [];
  let series = 0;
  for (let index = 0; index < processes; index++) {
    const server = await startServer("many-series");
    const start = performance.now();
    const text = await (await fetch(`${server.url}/metrics`)).text();
    milliseconds.push(performance.now() - start);
    series = text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length;
    await server.process.stop();
  }
  return { series, milliseconds };
}
