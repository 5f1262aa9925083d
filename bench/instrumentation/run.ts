import { parseArgs } from "node:util";
import { run, CommandError } from "../../operations/terminal/command";
import {
  cpuPerRequest,
  firstScrapes,
  spansReceived,
  startServer,
  type FirstScrape,
  type Load,
} from "./measure";

const help = `CPU per request of instrumented servers: each in a process of its own, one after the other, in several rounds,
of which the least counts: at 10 connections, at 50, and at a fixed rate of 500 requests a second. The first scrape is
compared with prom-client's own rendering of the same series.

npm run bench:instrumentation -- [--rounds 3] [--requests 40000] [--short] [--json]

--short takes under a minute on a quiet machine: ours alone, at 10 connections, fewer requests and processes.`;

interface Subject {
  readonly name: string;
  readonly file: string;
  readonly traced?: boolean;
  /** Most times the CPU of bare Fastify. */
  readonly target?: number;
}

const subjects: readonly Subject[] = [
  { name: "Fastify, bare", file: "bare" },
  { name: "ours: metrics", file: "ours", target: 1.25 },
  { name: "ours: metrics, all traced", file: "ours", traced: true, target: 1.8 },
  { name: "fastify-metrics", file: "fastify-metrics" },
  { name: "Express, express-prom-bundle", file: "express-prom-bundle" },
];

run(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: "string", default: "3" },
      requests: { type: "string", default: "40000" },
      short: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
  });
  const rounds = Number(values.rounds);
  const requests = values.short ? 8_000 : Number(values.requests);
  if (!Number.isInteger(rounds) || rounds < 3) throw new CommandError("--rounds: expected 3 or more.");
  if (!Number.isInteger(requests) || requests < 1000)
    throw new CommandError("--requests: expected 1000 or more.");
  const own = subjects.filter(({ file }) => file === "bare" || file === "ours");
  const warmUp = Math.round(requests / 4);
  const loads: readonly (Load & { readonly label: string; readonly of: readonly Subject[] })[] = [
    { label: "10 connections", of: values.short ? own : subjects, warmUp, requests, connections: 10 },
    ...(values.short
      ? []
      : [
          { label: "50 connections", of: own, warmUp, requests, connections: 50 },
          { label: "500 a second", of: own, warmUp, requests: 10_000, connections: 10, rate: 500 },
        ]),
  ];
  const byLoad: { load: string; results: readonly Result[] }[] = [];
  for (const load of loads) {
    byLoad.push({ load: load.label, results: await compare(load.of, load, rounds, load.label) });
  }
  const { ours, client } = await firstScrapes(values.short ? 3 : 5);
  const scrape = { ours, client, ratio: Math.min(...ours.milliseconds) / Math.min(...client.milliseconds) };
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ cpuPerRequest: byLoad, firstScrape: scrape }, null, 2)}\n`
      : byLoad.map(({ load, results }) => table(load, results)).join("") + scrapeLine(scrape),
  );
});

/** The CPU of one subject. */
interface Result {
  readonly name: string;
  readonly microseconds: number;
  /** Times that of bare Fastify. */
  readonly ratio: number;
  readonly target: number | undefined;
  readonly rounds: readonly number[];
}

async function compare(
  compared: readonly Subject[],
  load: Load,
  rounds: number,
  label: string,
): Promise<readonly Result[]> {
  const figures = compared.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (const [index, subject] of compared.entries()) {
      figures[index]?.push(await measure(subject, load));
      process.stderr.write(`${label}, round ${String(round + 1)} of ${String(rounds)}: ${subject.name}\n`);
    }
  }
  const least = figures.map((all) => Math.min(...all));
  return compared.map(({ name, target }, index) => ({
    name,
    microseconds: least[index] ?? NaN,
    ratio: (least[index] ?? NaN) / (least[0] ?? NaN),
    target,
    rounds: figures[index] ?? [],
  }));
}

async function measure({ file, traced }: Subject, load: Load): Promise<number> {
  const sink = traced ? await startServer("otlp-sink") : undefined;
  const server = await startServer(
    file,
    // The queue takes every span of a round: a dropped span would cost nothing.
    sink && {
      OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
      OTEL_BSP_MAX_QUEUE_SIZE: "100000",
      OTEL_BSP_SCHEDULE_DELAY: "500",
    },
  );
  try {
    return await cpuPerRequest(server, load, async (expected) => {
      if (sink) await spansReceived(sink, expected);
    });
  } finally {
    await server.process.stop();
    await sink?.process.stop();
  }
}

/** Most times prom-client's CPU that the first scrape may take. */
const scrapeTarget = 0.75;

function scrapeLine({ ours, ratio }: { readonly ours: FirstScrape; readonly ratio: number }): string {
  const least = Math.min(...ours.milliseconds).toFixed(0);
  const verdict = ratio <= scrapeTarget ? "met" : "MISSED";
  return `First scrape of ${String(ours.series)} series: ${least} ms of CPU, ${ratio.toFixed(2)}x prom-client's  at most ${scrapeTarget.toFixed(2)}  ${verdict}\n`;
}

function table(load: string, results: readonly Result[]): string {
  const rows = results.map(({ name, microseconds, ratio, target }) => {
    const verdict =
      target === undefined ? "" : `at most ${target.toFixed(2)}  ${ratio <= target ? "met" : "MISSED"}`;
    return `${name.padEnd(30)} ${microseconds.toFixed(1).padStart(7)} us  ${ratio.toFixed(2)}x  ${verdict}`;
  });
  return `CPU per request at ${load}, least of the rounds\n${rows.join("\n")}\n`;
}
