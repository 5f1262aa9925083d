/**
 * What recording rules save: the time that Prometheus takes for all queries of the dashboards over 6 hours, against
 * the time for the same panels without recording rules. Every metric that they read has 1,000 series, as far back as
 * they read it. Takes some 15 minutes and 10 GB below the temporary folder.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { evaluate, targetsOf, type Outcome } from "../../__tests__/support/grafana-queries";
import type { Dashboard } from "../../dashboards/lint/dashboard";
import { loadEnvironments } from "../../environments";
import { system } from "../../shop";
import { ruleSettingsOf } from "../../stacks/rule-settings";
import { localDashboards } from "../local-dashboards";
import { median, verdict } from "../measure";
import { History } from "./history";
import { RawQueries } from "./raw";
import type { TimedPrometheus } from "./timed-prometheus";

const atMost = 0.33;
const rounds = Number(process.argv[2] ?? 3);
/** Values that are computed from the same samples in two ways may differ this much: windows end at other samples. */
const tolerance = 0.02;
const interval = 60;
const hours = 6;

void main();

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-dashboards-"));
  let prometheus: TimedPrometheus | undefined;
  try {
    const recorded = localDashboards(folder);
    writeFileSync(join(folder, "prometheus.yml"), "{}");
    const [environment] = loadEnvironments("local");
    if (!environment) throw new Error("There is no environment local.");
    const settings = ruleSettingsOf(environment, system);
    const queries = new RawQueries(settings.objectives);
    const raw = new Map([...recorded].map(([uid, dashboard]) => [uid, rewritten(dashboard, queries)]));

    const to = Math.floor(Date.now() / 60_000) * 60;
    const history = new History(folder, { from: to - hours * 3_600, to }, interval);
    const all = [...recorded.values(), ...raw.values()].flatMap((dashboard) => targetsOf(dashboard));
    history.write(all.map(({ expr }) => expr));
    await history.record(settings);

    prometheus = await history.start();
    await prometheus.compacted();
    const view = { from: to - hours * 3_600, to, step: interval, scrapeInterval: interval };
    const measure = async (dashboard: Dashboard, client: TimedPrometheus) => {
      client.seconds = 0;
      const outcomes = await evaluate(dashboard, client, view);
      return { seconds: client.seconds, outcomes };
    };
    let [withRules, withoutRules] = [0, 0];
    for (const [uid, dashboard] of recorded) {
      const times: Record<"with" | "without", number[]> = { with: [], without: [] };
      for (let round = 0; round <= rounds; round += 1) {
        const one = await measure(dashboard, prometheus);
        const other = await measure(raw.get(uid) ?? dashboard, prometheus);
        checkSame(uid, one.outcomes, other.outcomes);
        // The first one warms the caches.
        if (round === 0) continue;
        times.with.push(one.seconds);
        times.without.push(other.seconds);
      }
      const [mine, theirs] = [median(times.with), median(times.without)];
      withRules += mine;
      withoutRules += theirs;
      console.log(
        `${uid.padEnd(24)} ${mine.toFixed(2)} s, without recording rules ${theirs.toFixed(2)} s: ${(mine / theirs).toFixed(2)}`,
      );
    }
    const ratio = withRules / withoutRules;
    console.log(`all                      ${withRules.toFixed(2)} s, without ${withoutRules.toFixed(2)} s`);
    console.log(verdict("the dashboards' queries, of the time without recording rules", ratio, atMost));
    if (ratio > atMost) process.exitCode = 1;
  } finally {
    await prometheus?.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function rewritten(dashboard: Dashboard, queries: RawQueries): Dashboard {
  const panels = dashboard.panels.map((panel) => {
    const targets = (panel.json.targets ?? []) as readonly { readonly expr: string }[];
    return {
      ...panel,
      json: { ...panel.json, targets: targets.map((each) => ({ ...each, expr: queries.of(each.expr) })) },
    };
  });
  return { ...dashboard, panels: panels };
}

/** @throws Error where a panel shows something else without recording rules: it would not be the same work */
function checkSame(uid: string, ours: readonly Outcome[], theirs: readonly Outcome[]): void {
  for (const [index, { name, values }] of ours.entries()) {
    const others = withoutNames(theirs[index]?.values ?? new Map());
    for (const [labels, value] of withoutNames(values)) {
      const other = others.get(labels) ?? NaN;
      const isClose = Math.abs(value - other) <= tolerance * Math.max(Math.abs(value), Math.abs(other), 1e-9);
      if (!isClose) {
        throw new Error(
          `${uid}, ${name}: ${labels} is ${String(value)} with recording rules and ${String(other)} without.`,
        );
      }
    }
    if (others.size !== values.size) {
      throw new Error(
        `${uid}, ${name}: ${String(values.size)} series with recording rules, ${String(others.size)} without.`,
      );
    }
  }
}

/** By the labels without the name, which only what is recorded has. */
function withoutNames(values: ReadonlyMap<string, number>): Map<string, number> {
  return new Map(
    [...values].map(([text, value]) => {
      const labels = JSON.parse(text) as Record<string, string>;
      const kept = Object.entries(labels).filter(([label]) => label !== "__name__");
      return [JSON.stringify(Object.fromEntries(kept.sort(([a], [b]) => a.localeCompare(b)))), value];
    }),
  );
}
