import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startPrometheus } from "../../__tests__/support/prometheus";
import { objectivesOf } from "../../alerts/objectives";
import { recordingRules } from "../../alerts/recording";
import type { RecordingRule, RuleFileSettings } from "../../alerts/rule";
import { renderRuleFile } from "../../alerts/rule-files";
import { familyOf } from "../../metrics/families";
import { objectiveSeries } from "../../metrics/objectives";
import { records } from "../../metrics/recorded";
import { system } from "../../shop";
import { reads } from "./raw";
import { seriesPerMetric, writeMetrics, type Span, type WrittenMetric } from "./series";
import { TimedPrometheus } from "./timed-prometheus";

const hour = 3_600;
const week = 7 * 24 * hour;

/** Rules, and the time over which what they would have recorded is missing. */
interface Backfill {
  readonly rules: readonly RecordingRule[];
  readonly span: Span;
}

/** The data of a Prometheus that has scraped for long. */
export class History {
  private readonly data: string;

  /**
   * @param shown the time that dashboards show
   * @param interval between two scrapes, in seconds
   */
  constructor(
    private readonly folder: string,
    private readonly shown: Span,
    private readonly interval: number,
  ) {
    this.data = join(folder, "data");
    mkdirSync(this.data);
  }

  /** Writes every metric that the queries read, as far back as they read it. */
  write(queries: readonly string[]): void {
    const metrics = this.metricsOf(queries);
    const isLong = ({ spans }: WrittenMetric) => spans.some(({ from, to }) => to - from > week);
    const parts = [
      metrics.filter((metric) => !isLong(metric)),
      ...metrics.filter(isLong).map((metric) => [metric]),
    ];
    let samples = 0;
    for (const [index, part] of parts.entries()) {
      progress(
        `writing ${String(metrics.length)} metrics of ${String(seriesPerMetric)} series: part ${String(index + 1)} of ${String(parts.length)}`,
      );
      const file = join(this.folder, "series.txt");
      samples += writeMetrics(file, part, this.interval);
      promtool(["openmetrics", ...longBlocks, file, this.data]);
      rmSync(file);
    }
    console.log(
      `${String(metrics.length)} metrics of ${String(seriesPerMetric)} series, ${(samples / 1e6).toFixed(1)} million samples`,
    );
  }

  /** Records what the recording rules would have recorded meanwhile. */
  async record(settings: RuleFileSettings): Promise<void> {
    const { from, to } = this.shown;
    const rules = objectivesOf(settings)
      .flatMap(({ groups }) => groups.flatMap((group) => group.rules))
      .filter((rule): rule is RecordingRule => "record" in rule);
    const named = (wanted: string) => rules.filter(({ record }) => record === wanted);
    const [events, errors] = [named(objectiveSeries.events.name), named(objectiveSeries.errors.name)];
    const wholeWindow = { from: from - settings.objectives.windowDays * 24 * hour, to };
    await this.backfill(settings, [
      { rules: recordingRules(...Object.values(records), ...system.records), span: this.shown },
      { rules: recordingRules(...system.records), span: { from: from - week, to: to - week } },
      { rules: events, span: wholeWindow },
    ]);
    // Errors are recorded of events, and ratios of both.
    await this.backfill(settings, [{ rules: errors, span: wholeWindow }]);
    const ratios = rules.filter((rule) => !events.includes(rule) && !errors.includes(rule));
    await this.backfill(settings, [{ rules: ratios, span: this.shown }]);
  }

  /** Starts a Prometheus on the data. */
  async start(): Promise<TimedPrometheus> {
    const limits = ["--query.timeout=10m", "--query.max-samples=500000000"];
    const { process, url } = await startPrometheus(this.folder, [
      "--storage.tsdb.retention.time=60d",
      ...limits,
    ]);
    return new TimedPrometheus(url, process);
  }

  private metricsOf(queries: readonly string[]): WrittenMetric[] {
    const byMetric = new Map<string, { depth: number; before: number }>();
    for (const { metric, range, offset } of queries.flatMap(reads)) {
      if (familyOf(system.catalogue, metric) === undefined) continue;
      const known = byMetric.get(metric) ?? { depth: hour, before: 0 };
      byMetric.set(
        metric,
        offset > 0 ? { ...known, before: offset } : { ...known, depth: Math.max(known.depth, range) },
      );
    }
    const { from, to } = this.shown;
    return [...byMetric].map(([name, { depth, before }]) => ({
      name,
      spans: [
        ...(before > 0 && depth < before ? [{ from: from - before - depth, to: to - before }] : []),
        // Rates that are recorded look back as well.
        { from: from - depth - hour / 2, to },
      ],
    }));
  }

  private async backfill(settings: RuleFileSettings, todo: readonly Backfill[]): Promise<void> {
    const prometheus = await this.start();
    try {
      for (const { rules, span } of todo) {
        const hours = Math.round((span.to - span.from) / hour);
        progress(`recording ${String(rules.length)} rules over ${String(hours)} hours`);
        const file = join(this.folder, "rules.yml");
        writeFileSync(file, renderRuleFile([{ name: "records", rules }], settings));
        const times = [`--start=${String(span.from)}`, `--end=${String(span.to)}`];
        const source = [`--url=${prometheus.url}`, `--eval-interval=${String(this.interval)}s`];
        promtool(["rules", ...longBlocks, ...source, ...times, `--output-dir=${this.data}`, file]);
      }
    } finally {
      await prometheus.stop();
    }
  }
}

/** Few blocks, each of which is written in one go. */
const longBlocks = ["--max-block-duration=384h"];

function promtool(args: readonly string[]): void {
  const { status, stderr, stdout } = spawnSync("promtool", ["tsdb", "create-blocks-from", ...args], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) throw new Error(`promtool ${args.join(" ")}:\n${stderr}${stdout}`);
}

function progress(what: string): void {
  process.stderr.write(`${what}\n`);
}
