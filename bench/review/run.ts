/**
 * What the replay of 30 days costs, or with `--short` of 3: all rules of `prod` and of `prod` with another threshold, over a
 * Prometheus with samples at its scrape interval; once with all that is recorded in them, once with none of it. The first run
 * makes the samples, which takes minutes and a gigabyte below node_modules/.cache/bench-review.
 */
import { join } from "node:path";
import { findProgram } from "../../operations/find-program";
import { ManagedProcess } from "../../demo/processes";
import { loadEnvironments } from "../../environments";
import { textOf, valueIn } from "../scale/program-usage";
import { verdict } from "../measure";
import { recordedDays, rulesOf } from "./days";
import { startOnDays } from "./days-prometheus";
import type { Taken } from "./replayed";

/** Of 30 days. */
const mostSeconds = 180;
const bounds = { megabytes: 1_000, ofPrometheus: 3 } as const;
const days = process.argv.includes("--short") ? 3 : 30;
/** As many questions are asked at once as a replay asks. */
const atOnce = 3;

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  if (findProgram("prometheus") === undefined) {
    throw new Error("Not found on the path: prometheus. Get it by .ci/install-programs.");
  }
  const [prod] = loadEnvironments("prod");
  if (prod === undefined) throw new Error("There is no environment prod.");
  const kinds = rulesOf(prod).map(({ kind }) => kind);
  const count = (kind: string) => String(kinds.filter((each) => each === kind).length);
  const folder = await recordedDays(prod, days, (share) =>
    process.stderr.write(`\rmaking the samples ${String(Math.round(share * 100))} %`),
  );
  process.stderr.write("\n");
  console.log(
    `${String(days)} days, ${count("alert")} alerting and ${count("record")} recording rules, ${String(prod.services.length)} services, two versions`,
  );
  const prometheus = await startOnDays(folder);
  let isWithin = true;
  try {
    for (const mode of ["recorded", "raw"] as const)
      isWithin = (await report(mode, prometheus.url)) && isWithin;
  } finally {
    await prometheus.stop();
  }
  if (!isWithin) process.exitCode = 1;
}

async function report(mode: "recorded" | "raw", url: string): Promise<boolean> {
  const cpuOf = async () => valueIn(await textOf(`${url}/metrics`), "process_cpu_seconds_total");
  const before = await cpuOf();
  const taken = await replayed(mode, url);
  const prometheusCpu = (await cpuOf()) - before;
  const alone = await answeredAlone(url, taken.questions);
  const megabytes = taken.peakBytes / 1e6;
  const { seconds } = taken;
  console.log(
    `\n${mode === "raw" ? `without what is recorded (${String(taken.computed)} names computed)` : "with what is recorded"}: ${seconds.toFixed(1)} s, ` +
      `of the CPU ${taken.cpuSeconds.toFixed(1)} s and Prometheus's ${prometheusCpu.toFixed(1)} s; ` +
      `${String(taken.questions.length)} queries, the largest answer ${String(taken.largest)} points; Prometheus alone ${alone.toFixed(1)} s; ` +
      `firings ${taken.firings.join(" and ")}, not replayed ${String(taken.notReplayed.length)}`,
  );
  for (const problem of taken.notReplayed) console.log(problem);
  console.log(verdict("seconds of the replay", seconds, (mostSeconds * days) / 30));
  console.log(verdict("memory of the process, MB", megabytes, bounds.megabytes));
  console.log(
    verdict(
      "time, of what Prometheus takes alone for the same queries",
      seconds / alone,
      bounds.ofPrometheus,
    ),
  );
  return (
    taken.notReplayed.length === 0 &&
    seconds <= (mostSeconds * days) / 30 &&
    megabytes <= bounds.megabytes &&
    seconds / alone <= bounds.ofPrometheus
  );
}

async function replayed(mode: string, url: string): Promise<Taken> {
  const program = new ManagedProcess({
    name: "replay",
    command: process.execPath,
    args: ["--import", "tsx", join(__dirname, "replayed.ts"), url, mode, String(days)],
    ipc: true,
  });
  try {
    return await program.message<Taken>("taken", 1_800_000);
  } finally {
    await program.stop();
  }
}

/** Seconds that the same questions take where nobody reads the answers. */
async function answeredAlone(url: string, questions: readonly string[]): Promise<number> {
  const left = [...questions];
  const start = performance.now();
  const ask = async () => {
    for (let body = left.shift(); body !== undefined; body = left.shift()) {
      const headers = { "content-type": "application/x-www-form-urlencoded" };
      const response = await fetch(`${url}/api/v1/query_range`, { method: "POST", headers, body });
      await response.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, ask));
  return (performance.now() - start) / 1_000;
}
