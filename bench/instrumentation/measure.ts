import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { buildSync } from "esbuild";
import { ManagedProcess } from "../../demo/processes";
import type { CpuMessage } from "./servers/harness";

/** A server of the benchmark, running in a process of its own. */
export interface BenchServer {
  readonly process: ManagedProcess;
  readonly url: string;
}

/** How much is asked of a server in one round. */
export interface Load {
  /** Requests before those that count, at any rate: what counts is a server that has compiled its code. */
  readonly warmUp: number;
  readonly requests: number;
  readonly connections: number;
  /** Requests a second. Default: as many as are answered. */
  readonly rate?: number | undefined;
}

const compiled = mkdtempSync(join(__dirname, "compiled-"));
process.on("exit", () => {
  rmSync(compiled, { recursive: true });
});

/**
 * A file of `servers/` as JavaScript, once for all its processes, as the services' image has it: what tsx makes names each
 * function anew whenever it is made.
 */
function compile(file: string): string {
  const outfile = join(compiled, `${file}.js`);
  if (!existsSync(outfile)) {
    buildSync({
      entryPoints: [join(__dirname, "servers", `${file}.ts`)],
      outfile,
      bundle: true,
      packages: "external",
      platform: "node",
      target: "node20",
    });
  }
  return outfile;
}

/** Starts one of the files in `servers/`. */
export async function startServer(file: string, env: Record<string, string> = {}): Promise<BenchServer> {
  const server = new ManagedProcess({
    name: file,
    command: process.execPath,
    args: [compile(file)],
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
  await send(url, load.warmUp, { ...load, rate: undefined });
  await settled(load.warmUp);
  const before = await cpu(server);
  await send(url, load.requests, load);
  await settled(load.warmUp + load.requests);
  return ((await cpu(server)) - before) / load.requests;
}

async function cpu(server: ManagedProcess): Promise<number> {
  const answer = server.message<CpuMessage>("cpu", 5_000);
  server.send("cpu");
  return (await answer).microseconds;
}

/** Sends requests over keep-alive connections from a process of its own. */
export async function send(
  url: string,
  amount: number,
  { connections, rate }: Pick<Load, "connections" | "rate">,
): Promise<void> {
  let output = "";
  const client = new ManagedProcess({
    name: "autocannon",
    command: process.execPath,
    args: [
      require.resolve("autocannon"),
      ...["--connections", String(connections), "--amount", String(amount), "--json", "--no-progress"],
      ...(rate === undefined ? [] : ["--overallRate", String(rate)]),
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

/** CPU time of the first scrape of processes that export many series. */
export interface FirstScrape {
  readonly series: number;
  /** Of each process. */
  readonly milliseconds: readonly number[];
}

/**
 * Scrapes fresh processes of ten thousand series: ours and prom-client's own rendering of the same ones, in turn, so that
 * both see the same machine.
 */
export async function firstScrapes(processes: number): Promise<{ ours: FirstScrape; client: FirstScrape }> {
  const ours: FirstScrape[] = [];
  const client: FirstScrape[] = [];
  for (let index = 0; index < processes; index++) {
    ours.push(await firstScrape("many-series"));
    client.push(await firstScrape("many-series-prom-client"));
  }
  const joined = (all: readonly FirstScrape[]) => ({
    series: all[0]?.series ?? 0,
    milliseconds: all.flatMap(({ milliseconds }) => milliseconds),
  });
  return { ours: joined(ours), client: joined(client) };
}

async function firstScrape(file: string): Promise<FirstScrape> {
  const server = await startServer(file);
  try {
    const before = await cpu(server.process);
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const milliseconds = [((await cpu(server.process)) - before) / 1_000];
    return {
      series: text.split("\n").filter((line) => line !== "" && !line.startsWith("#")).length,
      milliseconds,
    };
  } finally {
    await server.process.stop();
  }
}
