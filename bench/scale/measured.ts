import { setTimeout as sleep } from "node:timers/promises";
import { evaluate } from "../../__tests__/support/grafana-queries";
import type { Dashboard } from "../../dashboards/lint/dashboard";
import { median } from "../measure";
import { type Engine, scrapeSeconds } from "./engines";
import { textOf, type Usage, usageOf } from "./program-usage";
import type { Plan, Size } from "./size";
import { Unanswered } from "./timed-client";

/** What an engine took for a size. */
export interface Measured {
  /** Series of the services that it has. */
  readonly series: number;
  /** What each of its programs used. */
  readonly usage: Readonly<Record<string, Usage>>;
  /** Seconds of the last evaluation of each group of rules, by file and group. */
  readonly groups: ReadonlyMap<string, number>;
  /** Seconds of all queries of each dashboard, by its uid; infinite where one of them was not answered in time. */
  readonly dashboards: ReadonlyMap<string, number>;
}

/** Seconds that each dashboard shows: what there is of the services by then. */
const shownSeconds = 60;
const stepSeconds = 2;
const longSeconds = 60;

/**
 * Measures an engine that was just started.
 * @throws Error where it does not have all services, or writes nothing, in time
 */
export async function measure(
  engine: Engine,
  size: Size,
  plan: Plan,
  dashboards: ReadonlyMap<string, Dashboard>,
  progress: (doing: string) => void,
): Promise<Measured> {
  progress("waits for the first scrapes");
  await allUp(engine, size);
  await sleep(plan.warmUpSeconds * 1_000);
  progress("measures CPU and memory");
  const usage = await usageOf(engine.metrics, plan.measuredSeconds);
  const groups = groupsIn(await textOf(engine.rules.url), engine.rules.metric);
  const [series] = await engine.client.query('sum(scrape_samples_scraped{job=~"service-.*"})');
  const seconds = new Map<string, number>();
  for (const [uid, dashboard] of dashboards) {
    progress(`asks for ${uid}`);
    seconds.set(uid, await secondsOf(engine, dashboard, plan.rounds));
  }
  return { series: series?.value ?? 0, usage, groups, dashboards: seconds };
}

async function allUp({ client }: Engine, { services }: Size): Promise<void> {
  const limit = Date.now() + 10 * scrapeSeconds * 1_000;
  for (let up = 0; up < services; await sleep(1_000)) {
    up = (await client.query('count(up{job=~"service-.*"} == 1)'))[0]?.value ?? 0;
    if (up < services && Date.now() > limit) {
      throw new Error(`Of ${String(services)} services it has ${String(up)} after ten scrapes.`);
    }
  }
}

async function secondsOf({ client }: Engine, dashboard: Dashboard, rounds: number): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const to = Math.floor(Date.now() / 1_000);
    client.seconds = 0;
    try {
      await evaluate(dashboard, client, {
        ...{ from: to - shownSeconds, to, step: stepSeconds, scrapeInterval: scrapeSeconds },
      });
    } catch (error) {
      if (error instanceof Unanswered) return Infinity;
      throw error;
    }
    // The first one warms the caches.
    if (round > 0) times.push(client.seconds);
    // What takes minutes is not measured more exactly by waiting for more of them.
    if (client.seconds > longSeconds) return client.seconds;
  }
  return median(times);
}

/** Seconds by file and group, of an exposition. Files of rules are namespaces in Cortex. */
export function groupsIn(exposition: string, metric: string): Map<string, number> {
  const found = new Map<string, number>();
  const lines = exposition.matchAll(new RegExp(`^${metric}\\{(.*)\\} (\\S+)$`, "gm"));
  for (const [, labels = "", seconds = ""] of lines) {
    const [path = "", group = ""] = (/rule_group="([^"]*)"/.exec(labels)?.[1] ?? "").split(";");
    const file = decodeURIComponent(path.split("/").at(-1) ?? "").replace(/\.yml$/, "");
    found.set(`${file};${group}`, Number(seconds));
  }
  return found;
}
