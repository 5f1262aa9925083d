import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { objectivesOf } from "../../alerts/objectives";
import { recordingRules } from "../../alerts/recording";
import type { RecordingRule } from "../../alerts/rule";
import { renderRuleFile } from "../../alerts/rule-files";
import { objectiveSeries } from "../../metrics/objectives";
import { records } from "../../metrics/recorded";
import { recorded, scrapeSeconds, weekBefore, type Span } from "../../dashboards/known-traffic/timeline";
import type { Environment } from "../../environments";
import { knownTraffic } from "../../shop/known-traffic";
import { ruleSettingsOf } from "../../stacks/rule-settings";
import { system } from "../../stacks/system";
import { alertHistory } from "./alert-history";
import { promtool, startPrometheus, type RunningPrometheus } from "./program";
import { referenceEnvironment } from "./reference-environment";
import { knownParts, type KnownPart } from "./traffic";
import { writeSeries } from "./write-series";

/** Below the folder. */
const dataFolder = "data";
/** Few blocks, each of which is written in one go. */
const longBlocks = "--max-block-duration=384h";

/**
 * Starts a Prometheus that has scraped the known traffic, recorded what the rules record of it, and fired their alerts.
 * @param folder for its data; made anew
 */
export async function startKnownPrometheus(folder: string): Promise<RunningPrometheus> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, dataFolder), { recursive: true });
  writeFileSync(join(folder, "prometheus.yml"), "{}");
  const known = new KnownData(folder, referenceEnvironment());
  known.writeScraped();
  await known.record();
  await known.fire();
  return startPrometheus(folder);
}

class KnownData {
  constructor(
    private readonly folder: string,
    private readonly environment: Environment,
  ) {}

  writeScraped(): void {
    this.write(knownParts(this.environment, knownTraffic));
  }

  /** What is recorded of what is recorded comes after it. */
  async record(): Promise<void> {
    const all = objectivesOf(ruleSettingsOf(this.environment, system))
      .flatMap(({ groups }) => groups.flatMap(({ rules }) => rules))
      .filter((rule): rule is RecordingRule => "record" in rule);
    const named = (name: string) => all.filter(({ record }) => record === name);
    const [events, errors] = [named(objectiveSeries.events.name), named(objectiveSeries.errors.name)];
    const ofServices = recordingRules(...Object.values(records));
    const own = recordingRules(...system.records);
    await this.backfill([
      { rules: [...ofServices, ...own, ...events], span: recorded },
      { rules: own, span: weekBefore },
    ]);
    await this.backfill([{ rules: errors, span: recorded }]);
    const ratios = all.filter((rule) => !events.includes(rule) && !errors.includes(rule));
    await this.backfill([{ rules: ratios, span: recorded }]);
  }

  async fire(): Promise<void> {
    const series = await this.asked(({ url }) =>
      alertHistory(url, this.environment, recorded, scrapeSeconds),
    );
    this.write(series);
  }

  private write(parts: readonly KnownPart[]): void {
    const file = "series.txt";
    writeSeries(join(this.folder, file), parts);
    promtool(["tsdb", "create-blocks-from", "openmetrics", longBlocks, file, dataFolder], this.folder);
    rmSync(join(this.folder, file));
  }

  private backfill(
    todo: readonly { readonly rules: readonly RecordingRule[]; readonly span: Span }[],
  ): Promise<void> {
    // When in a minute a group is evaluated, its file's path decides: without the folder's name it is always the same.
    const file = "rules.yml";
    return this.asked(({ url }) => {
      for (const { rules, span } of todo) {
        const text = renderRuleFile([{ name: "records", rules }], ruleSettingsOf(this.environment, system));
        writeFileSync(join(this.folder, file), text);
        const times = [`--start=${String(span.from)}`, `--end=${String(span.to)}`];
        const source = [`--url=${url.href}`, `--eval-interval=${String(scrapeSeconds)}s`];
        const options = [longBlocks, ...source, ...times, `--output-dir=${dataFolder}`];
        promtool(["tsdb", "create-blocks-from", "rules", ...options, file], this.folder);
      }
    });
  }

  private async asked<T>(ask: (prometheus: RunningPrometheus) => Promise<T> | T): Promise<T> {
    const prometheus = await startPrometheus(this.folder);
    try {
      return await ask(prometheus);
    } finally {
      await prometheus.stop();
    }
  }
}
