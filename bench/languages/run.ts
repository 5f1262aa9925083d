import { parseArgs } from "node:util";
import { CommandError, run } from "../../operations/terminal/command";
import { send, spansReceived, startServer as startSink, type BenchServer } from "../instrumentation/measure";
import { median } from "../measure";
import { buildGo, preparePython, type Prepared } from "./prepare";
import { cpuOf, observed, startServer, type Kind, type Server } from "./server";

const help = `CPU time per request that the instrumentation in Python and Go adds to a server, beside that of the library which each framework's users know: of Flask (gunicorn, one worker with one thread), FastAPI (uvicorn, one worker) and net/http. All count requests and their durations by route, method and status, in the same buckets. The servers of a framework run at the same time and are asked in turn, in many short rounds; what is added is the median of the differences from the bare server in the same round. Python packages are installed once below ~/.cache/microservices-monitoring. Linux only. What is added to net/http is some 1 us of 25: it takes a quiet machine to tell.

npm run bench:languages -- [--rounds 20] [--only flask,fastapi,go] [--json]`;

interface Subject {
  readonly name: string;
  readonly kind: Kind;
  readonly traced?: boolean;
}

interface Framework {
  readonly key: string;
  readonly name: string;
  readonly peer: string;
  /** Requests of a round: short ones see the same machine as those beside them. */
  readonly requests: number;
  readonly prepare: () => Prepared | Promise<Prepared>;
  readonly args: (kind: Kind) => readonly string[];
}

const frameworks: readonly Framework[] = [
  {
    key: "flask",
    name: "Flask",
    peer: "prometheus-flask-exporter",
    requests: 1_500,
    prepare: preparePython,
    args: (kind) => [
      ...["-m", "gunicorn", "--bind", "127.0.0.1:0", "--worker-class", "gthread", "--workers", "1"],
      ...["--threads", "1", "--keep-alive", "75", `flask_server:make("${kind}")`],
    ],
  },
  {
    key: "fastapi",
    name: "FastAPI",
    peer: "prometheus-fastapi-instrumentator",
    requests: 4_000,
    prepare: preparePython,
    args: (kind) => [
      ...["-m", "uvicorn", "--port", "0", "--no-access-log", "--factory", `fastapi_server:${kind}`],
    ],
  },
  {
    key: "go",
    name: "net/http",
    peer: "promhttp",
    requests: 6_000,
    prepare: buildGo,
    args: (kind) => [kind],
  },
];

/** The CPU of one subject per request, in microseconds. */
interface Result {
  readonly name: string;
  readonly median: number;
  /** More than the bare server in the same round: the middle one of the differences. */
  readonly added: number;
  readonly rounds: readonly number[];
}

run(help, async (args) => {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: "string", default: "20" },
      only: { type: "string", default: frameworks.map(({ key }) => key).join(",") },
      json: { type: "boolean", default: false },
    },
  });
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 3) throw new CommandError("--rounds: expected 3 or more.");
  const keys = values.only.split(",");
  const unknown = keys.find((key) => !frameworks.some((framework) => framework.key === key));
  if (unknown !== undefined) {
    throw new CommandError(
      `--only: found ${unknown}, allowed: ${frameworks.map(({ key }) => key).join(", ")}.`,
    );
  }
  const all: { framework: string; results: readonly Result[] }[] = [];
  for (const framework of frameworks.filter(({ key }) => keys.includes(key))) {
    const results = await compare(framework, rounds);
    all.push({ framework: framework.name, results });
    if (!values.json) process.stdout.write(table(framework.name, results));
  }
  if (values.json) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
});

async function compare(framework: Framework, rounds: number): Promise<readonly Result[]> {
  const { name, peer, prepare, args } = framework;
  const program = await prepare();
  const subjects: readonly Subject[] = [
    { name: "bare", kind: "bare" },
    { name: "ours", kind: "ours" },
    { name: peer, kind: "peer" },
    { name: "ours, all traced", kind: "ours", traced: true },
  ];
  const running: (Server & { sink?: BenchServer })[] = [];
  try {
    for (const subject of subjects) {
      const sink = subject.traced ? await startSink("otlp-sink") : undefined;
      const server = await startServer(
        `${name}, ${subject.name}`,
        { ...program, env: { ...program.env, ...tracing(sink) } },
        args(subject.kind),
      );
      running.push({ ...server, ...(sink && { sink }) });
    }
    const figures = await measure(framework, subjects, running, rounds);
    const [bare = []] = figures;
    return subjects.map((subject, index) => {
      const of = figures[index] ?? [];
      return {
        name: subject.name,
        median: median(of),
        added: median(of.map((each, round) => each - (bare[round] ?? NaN))),
        rounds: of,
      };
    });
  } finally {
    await Promise.all(
      running.flatMap(({ process, sink }) =>
        sink ? [process.stop(), sink.process.stop()] : [process.stop()],
      ),
    );
  }
}

/** Where a server sends its spans; nowhere without a sink, whatever this process's own environment says. */
function tracing(sink: BenchServer | undefined): Record<string, string> {
  if (!sink) return { OTEL_SDK_DISABLED: "true" };
  // The queue takes every span of a round: a dropped span would cost nothing.
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: sink.url,
    OTEL_BSP_MAX_QUEUE_SIZE: "100000",
    OTEL_BSP_SCHEDULE_DELAY: "500",
  };
}

/** Microseconds of each subject in each round, after one that is not counted. */
async function measure(
  { name, requests }: Framework,
  subjects: readonly Subject[],
  running: readonly (Server & { sink?: BenchServer })[],
  rounds: number,
): Promise<readonly (readonly number[])[]> {
  const figures = subjects.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, server] of running.entries()) {
      const before = cpuOf(server.process.pid);
      await send(server.url, requests, { connections: 4 });
      if (server.sink) await spansReceived(server.sink, (round + 1) * requests + 1);
      if (round > 0) figures[index]?.push((cpuOf(server.process.pid) - before) / requests);
    }
    process.stderr.write(`\r${name}: round ${String(round)} of ${String(rounds)}`);
  }
  process.stderr.write("\n");
  // The one besides is that which asked whether it listens.
  const expected = (rounds + 1) * requests + 1;
  for (const [index, server] of running.entries()) {
    if (subjects[index]?.kind === "bare") continue;
    const found = await observed(server);
    if (found !== expected) {
      throw new Error(
        `${name}, ${subjects[index]?.name ?? ""}: ${String(found)} of ${String(expected)} requests were counted.`,
      );
    }
  }
  return figures;
}

/** Most times what the peer adds that ours may add. */
const target = 1;

function table(framework: string, results: readonly Result[]): string {
  const rows = results.map(
    ({ name, median: middle, added }) =>
      `${name.padEnd(34)} ${middle.toFixed(1).padStart(7)} us  adds ${added.toFixed(1).padStart(6)} us`,
  );
  const [, ours, peer] = results;
  const ratio = (ours?.added ?? NaN) / (peer?.added ?? NaN);
  rows.push(
    `ours adds ${ratio.toFixed(2)}x of what ${peer?.name ?? ""} adds  at most ${target.toFixed(2)}  ${ratio <= target ? "met" : "MISSED"}`,
  );
  return `${framework}: CPU per request, median of the rounds\n${rows.join("\n")}\n\n`;
}
