import { parseArgs } from "node:util";
import { CommandError, run } from "../../operations/terminal/command";
import { send, spansReceived, startServer as startSink, type BenchServer } from "../instrumentation/measure";
import { callInProcess } from "./in-process";
import { buildGo, preparePython, type Prepared } from "./prepare";
import { resultsOf, table, type Compared } from "./results";
import { cpuOf, observed, startServer, type Kind, type Server } from "./server";

const help = `CPU time per request that the instrumentation in Python and Go adds to a server, beside that of the library which each framework's users know: of Flask (gunicorn, one worker with one thread), FastAPI (uvicorn, one worker) and net/http. All count requests and their durations by route, method and status, in the same buckets. The servers of a framework run at the same time and are asked in turn, in many short rounds; what is added is the median of the differences from the bare server in the same round. What is added to net/http is less than what a server's CPU differs by from round to round. So its handlers are called in one process, too, in turn and without a socket, and that is what is compared with promhttp. Python packages are installed once below ~/.cache/microservices-monitoring. Linux only.

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
  /** Where servers differ more from round to round than ours from the peer: calls the handlers in one process. */
  readonly inProcess?: (program: Prepared, rounds: number) => Readonly<Record<Kind, readonly number[]>>;
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
    args: (kind) => ["serve", kind],
    inProcess: callInProcess,
  },
];

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
  const all: Compared[] = [];
  for (const framework of frameworks.filter(({ key }) => keys.includes(key))) {
    for await (const compared of compare(framework, rounds)) {
      all.push(compared);
      if (!values.json) process.stdout.write(table(compared));
    }
  }
  if (values.json) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
});

async function* compare(framework: Framework, rounds: number): AsyncGenerator<Compared> {
  const { name, peer, prepare, inProcess } = framework;
  const program = await prepare();
  if (inProcess) {
    const { bare, ours, peer: others } = inProcess(program, rounds);
    yield {
      framework: `${name}, handlers called in one process`,
      results: resultsOf(["bare", "ours", peer], [bare, ours, others]),
      isJudged: true,
    };
  }
  const { names, figures } = await serve(framework, program, rounds);
  yield { framework: `${name}, server`, results: resultsOf(names, figures), isJudged: !inProcess };
}

/** The CPU of servers that run beside one another, in microseconds per request and round. */
async function serve(
  framework: Framework,
  program: Prepared,
  rounds: number,
): Promise<{ names: readonly string[]; figures: readonly (readonly number[])[] }> {
  const { name, peer, args } = framework;
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
    return {
      names: subjects.map((subject) => subject.name),
      figures: await measure(framework, subjects, running, rounds),
    };
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
