import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { remoteWrite } from "../../__tests__/support/remote-write";
import { now, type Span } from "../../dashboards/known-traffic/timeline";
import type { Environment } from "../../environments";
import { faultySeries } from "../../review/example/week";
import { KnownStorage } from "../../review/example/known-storage";
import { PrometheusPast } from "../../review/past/prometheus-past";
import { ComputedSeries } from "../../review/replay/computed-series";
import { Dependencies } from "../../review/replay/dependencies";
import { replayRules, type ReplayRule, selectorsIn } from "../../review/replay/rules";
import { ruleFilesOf } from "../../stacks/system";
import { startOnDays } from "./days-prometheus";

const day = 86_400;

/** The days that are replayed end when the known traffic does. Seconds of Unix time. */
export function spanOf(days: number): Span {
  return { from: now - days * day, to: now };
}

/** So much is written in one go. */
const pieceMs = 6 * 3_600_000;
const made = "made";

/**
 * A folder with data of Prometheus: days of what the rules of an environment read, at its scrape interval, and of what they
 * record. It is made once, which takes five seconds a day.
 * @param onProgress is told how much of it is made, from 0 to 1
 */
export async function recordedDays(
  environment: Environment,
  days: number,
  onProgress: (share: number) => void,
): Promise<string> {
  const span = spanOf(days);
  const rules = rulesOf(environment);
  const folder = join(__dirname, "../../node_modules/.cache/bench-review", String(days));
  const marker = join(folder, made);
  const stamp = createHash("sha256")
    .update(JSON.stringify([span, ruleFilesOf(environment)]))
    .digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === stamp) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const prometheus = await startOnDays(folder);
  try {
    for (let from = span.from; from < span.to; from += day) {
      await writeDay(prometheus.url, environment, rules, { from, to: from + day });
      onProgress((from + day - span.from) / (span.to - span.from));
    }
  } finally {
    await prometheus.stop();
  }
  writeFileSync(marker, stamp);
  return folder;
}

/** The rules of an environment. */
export function rulesOf(environment: Environment): readonly ReplayRule[] {
  return replayRules(ruleFilesOf(environment), environment.prometheus.scrapeInterval);
}

async function writeDay(
  url: string,
  environment: Environment,
  rules: readonly ReplayRule[],
  { from, to }: Span,
): Promise<void> {
  const read = new Set(rules.flatMap((rule) => selectorsIn(rule.expr).map(({ name }) => name)));
  const { series, isThere } = faultySeries(environment);
  const step = Number.parseInt(environment.prometheus.scrapeInterval, 10);
  const scraped = new KnownStorage(
    series.filter(({ name }) => read.has(name)),
    isThere,
    { from, to: to - step },
    step,
  );
  await remoteWrite(
    url,
    scraped.select(undefined, () => true),
    pieceMs,
  );
  const past = await PrometheusPast.of(url, day * 1_000, to * 1_000 - 1);
  const records = new Dependencies(rules.filter(({ kind }) => kind === "record")).inOrder();
  for (const rule of records.flatMap((set) => set.rules)) {
    const steps = { from: from * 1_000, to: to * 1_000 - 1, step: rule.group.interval };
    const recorded = new ComputedSeries();
    recorded.recorded(rule, steps, await past.evaluate(rule.expr, steps));
    await remoteWrite(
      url,
      recorded.select(undefined, () => true, steps.from, steps.to),
      pieceMs,
    );
  }
}
