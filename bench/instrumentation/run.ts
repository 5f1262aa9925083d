import { parseArgs } from "node:util";
import { run, CommandError } from "../../commands/lib/cli";
import {
  cpuPerRequest,
  firstScrape,
  spansReceived,
  startServer,
  type FirstScrape,
  type Load,
} from "./measure";

const help = `CPU per request of instrumented servers: each in a process of its own, one after the other, in several rounds,
of which the least counts.

npm run bench:instrumentation -- [--rounds 3] [--requests 40000] [--json]`;

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
  { name: "ours: metrics, all traced", file: "ours", traced: true, target: 2 },
  { name: "fastify-metrics", file: "fastify-metrics" },
  { name: "Express, express-prom-bundle", file: "express-prom-bundle" },
];

run(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: "string", default: "3" },
      requests: { type: "string", default: "40000" },
      json: { type: "boolean", default: false },
    },
  });
  const rounds = Number(values.rounds);
  const requests = Number(values.requests);
  if (!Number.isInteger(rounds) || rounds < 3) throw new CommandError("--rounds: expected 3 or more.");
  if (!Number.isInteger(requests) || requests < 1000)
    throw new CommandError("--requests: expected 1000 or more.");
  const load: Load = { warmUp: Math.round(requests / 4), requests, connections: 10 };

  const figures = subjects.map(() => [] as number[]);
  for (let round = 0; round < rounds; round++) {
    for (const [index, subject] of subjects.entries()) {
      figures[index]?.push(await measure(subject, load));
      process.stderr.write(`round ${String(round + 1)} of ${String(rounds)}: ${subject.name}\n`);
    }
  }
  const least = figures.map((all) => Math.min(...all));
  const results = subjects.map(({ name, target }, index) => ({
    name,
    microseconds: least[index] ?? NaN,
    ratio: (least[index] ?? NaN) / (least[0] ?? NaN),
    target,
    rounds: figures[index],
  }));
  const scrape = await firstScrape();
  process.stdout.write(
    values.json
      ? `${JSON.stringify({ cpuPerRequest: results, firstScrape: scrape }, null, 2)}\n`
      : table(results) + scrapeLine(scrape),
  );
});

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

/** Most that the first scrape may take. */
const scrapeTargetMs = 75;

function scrapeLine({ series, milliseconds }: FirstScrape): string {
  const median = [...milliseconds].sort((a, b) => a - b)[Math.floor(milliseconds.length / 2)] ?? NaN;
  const verdict = median <= scrapeTargetMs ? "met" : "MISSED";
  return `First scrape of ${String(series)} series: ${median.toFixed(0)} ms (median of ${String(milliseconds.length)} processes)  at most ${String(scrapeTargetMs)}  ${verdict}\n`;
}

function table(
  results: readonly { name: string; microseconds: number; ratio: number; target: number | undefined }[],
): string {
  const rows = results.map(({ name, microseconds, ratio, target }) => {
    const verdict =
      target === undefined ? "" : `at most ${target.toFixed(2)}  ${ratio <= target ? "met" : "MISSED"}`;
    return `${name.padEnd(30)} ${microseconds.toFixed(1).padStart(7)} us  ${ratio.toFixed(2)}x  ${verdict}`;
  });
  return `CPU per request, least of the rounds\n${rows.join("\n")}\n`;
}
