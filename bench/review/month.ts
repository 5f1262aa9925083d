import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { remoteWrite } from "../../__tests__/support/remote-write";
import { now } from "../../dashboards/known-traffic/timeline";
import type { Environment } from "../../environments";
import { faultySeries } from "../../review/example/week";
import { KnownStorage } from "../../review/example/known-storage";
import { PrometheusPast } from "../../review/past/prometheus-past";
import { ComputedSeries } from "../../review/replay/computed-series";
import { Dependencies } from "../../review/replay/dependencies";
import { replayRules, type ReplayRule, selectorsIn } from "../../review/replay/rules";
import { ruleFilesOf } from "../../stacks/system";
import { startOnMonth } from "./month-prometheus";

const day = 86_400;
/** The month ends when the known traffic does. Seconds of Unix time. */
export const month = { from: now - 30 * day, to: now } as const;
/** So much is written in one go. */
const pieceMs = 6 * 3_600_000;
const made = "made";

/**
 * A folder with data of Prometheus: a month of what the rules of an environment read, at its scrape interval, and of what they
 * record. It is made once, which takes minutes.
 * @param onProgress is told how much of it is made, from 0 to 1
 */
export async function monthFolder(
  environment: Environment,
  onProgress: (share: number) => void,
): Promise<string> {
  const rules = rulesOf(environment);
  const folder = join(__dirname, "../../node_modules/.cache/bench-review");
  const marker = join(folder, made);
  const stamp = createHash("sha256")
    .update(JSON.stringify([month, ruleFilesOf(environment)]))
    .digest("hex");
  if (existsSync(marker) && readFileSync(marker, "utf8") === stamp) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const prometheus = await startOnMonth(folder);
  try {
    for (let from = month.from; from < month.to; from += day) {
      await writeDay(prometheus.url, environment, rules, { from, to: from + day });
      onProgress((from + day - month.from) / (month.to - month.from));
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
  { from, to }: { readonly from: number; readonly to: number },
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
