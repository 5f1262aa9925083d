import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { recordingRules } from "../../alerts/recording";
import { renderRuleFile } from "../../alerts/rule-files";
import type { AnyRecorded } from "../../metrics/promql";
import { startPrometheus } from "./prometheus";
import { ruleSettings } from "./rule-settings";
import type { Span } from "./written";

/** Seconds at the end of a span for which records are made, too. */
const recordedFor = 3600;

/**
 * Starts a Prometheus that has written series, and what rules record of them.
 * @param series in the OpenMetrics format
 */
export async function prometheusOnBlocks(
  work: string,
  series: string,
  { spans, records }: { readonly spans: readonly Span[]; readonly records: readonly AnyRecorded[] },
) {
  const data = join(work, "data");
  mkdirSync(data);
  writeFileSync(join(work, "prometheus.yml"), "{}");
  writeFileSync(join(work, "series.txt"), series);
  runPromtool(["tsdb", "create-blocks-from", "openmetrics", join(work, "series.txt"), data]);
  const rules = recordingRules(...records);
  writeFileSync(join(work, "rules.yml"), renderRuleFile([{ name: "records", rules }], ruleSettings));
  const retention = ["--storage.tsdb.retention.time=30d"];
  const first = await startPrometheus(work, retention);
  try {
    for (const span of spans) {
      const from = Math.max(span.from, span.to - recordedFor);
      const times = [`--start=${String(from)}`, `--end=${String(span.to)}`];
      const output = [`--url=${first.url}`, `--output-dir=${data}`, join(work, "rules.yml")];
      runPromtool(["tsdb", "create-blocks-from", "rules", ...times, ...output]);
    }
  } finally {
    await first.process.stop();
  }
  return startPrometheus(work, retention);
}

function runPromtool(args: readonly string[]): void {
  const { status, stderr } = spawnSync("promtool", args, { encoding: "utf8", timeout: 120_000 });
  if (status !== 0) throw new Error(stderr);
}
