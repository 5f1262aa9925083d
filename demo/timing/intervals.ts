import { secondsOf } from "../../metrics/duration";
import { min, minOverTime, select } from "../../metrics/promql";
import type { Fault } from "../faults/fault";
import type { EvaluatedGroup, PrometheusClient, Target } from "../../operations/clients/prometheus-client";

/** What the configuration waits for between a fault and its alert, in milliseconds of this machine. */
export interface Intervals {
  /** Between two scrapes of the job that shows it. */
  readonly scrape: number;
  /** Between two evaluations of its rule. */
  readonly evaluation: number;
  /** For which its condition must hold. */
  readonly holds: number;
  /** For which it stays when its condition has ended. */
  readonly stays: number;
  /** That its rule, or what that reads, looks back; 0 where it looks at the present. */
  readonly range: number;
}

/** When what happens at intervals happened last, in Unix milliseconds. */
export interface Phases {
  readonly scraped: number;
  /**
   * How long a scrape takes until rules see what it gave, at least: as long as the shortest of late. One that nobody
   * answers takes no time.
   */
  readonly scrapeTakes: number;
  readonly evaluated: number;
}

/** Intervals, and where in them the system is now. */
export interface Timing {
  readonly intervals: Intervals;
  readonly phases: Phases;
}

/** How long Prometheus takes at most to write what a scrape gave, in milliseconds. */
const writingMs = 20;

type EvaluatedRule = EvaluatedGroup["rules"][number];

/**
 * Asks Prometheus for what there is to wait for.
 * @throws Error where it has no such rule or job
 */
export async function timingOf(
  prometheus: PrometheusClient,
  { alert, severity, job, isSilent = false }: Pick<Fault, "alert" | "severity" | "job" | "isSilent">,
): Promise<Timing> {
  const [target, groups, [shortest]] = await Promise.all([
    targetOf(prometheus, job),
    prometheus.ruleGroups(),
    prometheus.query(shortestScrape(job)),
  ]);
  const isRule = ({ type, name, labels }: EvaluatedRule) =>
    type === "alerting" && name === alert && labels?.severity === severity;
  const group = groups.find(({ rules }) => rules.some(isRule));
  const rule = group?.rules.find(isRule);
  if (!group || !rule) throw new Error(`There is no rule ${alert}.`);
  const rules = groups.flatMap((each) => each.rules);
  return {
    intervals: {
      scrape: secondsOf(target.scrapeInterval) * 1_000,
      evaluation: group.interval * 1_000,
      holds: (rule.duration ?? 0) * 1_000,
      stays: (rule.keepFiringFor ?? 0) * 1_000,
      range: rangeOf(rule, rules) * 1_000,
    },
    phases: {
      scraped: Date.parse(target.lastScrape),
      scrapeTakes: isSilent ? 0 : (shortest?.value ?? 0) * 1_000 + writingMs,
      evaluated: Date.parse(group.lastEvaluation),
    },
  };
}

/** The last scrape may have been a slow one, on a busy machine. */
function shortestScrape(job: string): string {
  return String(min(minOverTime(select("scrape_duration_seconds", { job }), "1m")));
}

/** The target of a job. @throws Error where there is none */
export async function targetOf(prometheus: PrometheusClient, job: string): Promise<Target> {
  const target = (await prometheus.targets()).find(({ scrapePool }) => scrapePool === job);
  if (!target) throw new Error(`There is no job ${job}.`);
  return target;
}

/** Seconds of the longest range in a rule's query, and in the queries of the recorded series that it reads. */
export function rangeOf(
  { query }: Pick<EvaluatedRule, "query">,
  rules: readonly Pick<EvaluatedRule, "type" | "name" | "query">[],
): number {
  const read = rules.filter(({ type, name }) => type === "recording" && query.includes(name));
  const ranges = [query, ...read.map((each) => each.query)].flatMap((text) =>
    [...text.matchAll(/\[([\dywdhms]+)/g)].map(([, range = ""]) => secondsOf(range)),
  );
  return Math.max(0, ...ranges);
}
