/**
 * The program that replays some days, in a process of its own so that its memory is measured. Its arguments are the URL of a
 * Prometheus, whether the past has what was recorded (`recorded` or `raw`), and how many days there are. It sends one message.
 */
import { PrometheusClient } from "../../operations/clients/prometheus-client";
import { loadEnvironments } from "../../environments";
import type { Setting } from "../../environments/settings";
import type { Past } from "../../review/past/past";
import { PrometheusPast } from "../../review/past/prometheus-past";
import { replayVersions } from "../../review/replay/replay-versions";
import { ruleFilesOf } from "../../stacks/system";
import { rulesOf, spanOf } from "./days";

/** What a replay took. */
export interface Taken {
  readonly type: "taken";
  readonly seconds: number;
  /** Of this process, in all its threads. */
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  /** What was asked for, as `application/x-www-form-urlencoded`. */
  readonly questions: readonly string[];
  /** Points in the largest answer. */
  readonly largest: number;
  readonly firings: readonly number[];
  readonly notReplayed: readonly string[];
  readonly computed: number;
}

/** A client that notes what it is asked for. */
class NotingClient extends PrometheusClient {
  readonly questions: string[] = [];
  largest = 0;

  override async post<T>(path: string, body: URLSearchParams, timeoutMs: number): Promise<T> {
    this.questions.push(body.toString());
    const answer = await super.post<T>(path, body, timeoutMs);
    const { result = [] } = answer as {
      readonly result?: readonly { readonly values?: readonly unknown[] }[];
    };
    const points = result.reduce((sum, { values = [] }) => sum + values.length, 0);
    this.largest = Math.max(this.largest, points);
    return answer;
  }
}

const changed: Setting = { path: ["alerting", "thresholds", "latencyP95Warning"], value: 0.25 };

void main();

async function main(): Promise<void> {
  const [url = "", mode = "", days = ""] = process.argv.slice(2);
  const span = spanOf(Number(days));
  const client = new NotingClient(url);
  const [before, after] = [loadEnvironments("prod"), loadEnvironments("prod", [changed])].map(([one]) => {
    if (one === undefined) throw new Error("There is no environment prod.");
    return one;
  });
  if (before === undefined || after === undefined) throw new Error("There is no environment prod.");
  const known = await PrometheusPast.of(client, (span.to - span.from) * 1_000, span.to * 1_000 - 1);
  const records = rulesOf(before).filter(({ kind }) => kind === "record");
  const past: Past = {
    name: known.name,
    from: known.from,
    to: known.to,
    groups: [],
    gaps: known.gaps,
    lookback: known.lookback,
    records:
      mode === "raw" ? [] : records.map(({ name, expr, labels }) => ({ name, expr: expr.text, labels })),
    evaluate: (expression, steps) => known.evaluate(expression, steps),
  };
  const versions = [before, after].map((environment) => ({
    ruleFiles: ruleFilesOf(environment),
    evaluationInterval: environment.prometheus.scrapeInterval,
    externalLabels: {},
  }));
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const replayed = await replayVersions(versions, past, {
    from: span.from * 1_000,
    to: span.to * 1_000 - 1,
    onProgress: (share) => process.stderr.write(`\r${mode} ${String(Math.round(share * 100))} %`),
  });
  process.stderr.write("\n");
  const { user, system } = process.cpuUsage(cpu);
  const taken: Taken = {
    type: "taken",
    seconds: (performance.now() - start) / 1_000,
    cpuSeconds: (user + system) / 1e6,
    peakBytes: process.resourceUsage().maxRSS * 1_024,
    questions: client.questions,
    largest: client.largest,
    firings: replayed.map(({ firings }) => firings.length),
    notReplayed: replayed.flatMap(({ notReplayed }) =>
      notReplayed.map(({ rule, why }) => `${rule.name}: ${why}`),
    ),
    computed: replayed[0]?.computedRecords.length ?? 0,
  };
  process.send?.(taken);
}
