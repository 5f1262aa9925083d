import type { Reading } from "../../../signals/reads";
import type { GrafanaClient } from "../../clients/grafana-client";
import type { PrometheusClient } from "../../clients/prometheus-client";
import { type Reach, farthestReach } from "./reach";
import {
  type AskedRenaming,
  deployedDashboard,
  type DeployedReader,
  deployedRules,
  readersOfFormerName,
  seriesUnder,
} from "./readers";

/** Who is asked. */
export interface AskedOfRenames {
  readonly prometheus: PrometheusClient;
  /** Undefined where it cannot be asked. */
  readonly grafana: GrafanaClient | undefined;
  /** What the rules and dashboards of these sources read. */
  readonly readings: readonly Reading[];
}

/** How far the renaming of a metric is, in a system that runs. */
export interface RenameState {
  readonly renaming: AskedRenaming;
  /** Whether Prometheus has series of it at all, under either name. */
  readonly hasSeries: boolean;
  /** Targets that have series under the former name alone, such as `parcel-service 10.0.0.7:9464`. */
  readonly lacking: readonly string[];
  /** Rules and dashboards that are deployed and read the former name alone. */
  readonly readers: readonly string[];
  /** What reads farther back than the new name goes; undefined where nothing does. */
  readonly tooEarlyFor: Reach | undefined;
  /** What could not be known, in sentences. */
  readonly unknown: readonly string[];
}

/** Whether nothing is lost by leaving out the former name. */
export function isReady({ hasSeries, lacking, readers, tooEarlyFor }: RenameState): boolean {
  return hasSeries && lacking.length === 0 && readers.length === 0 && tooEarlyFor === undefined;
}

/** What no API tells: who asks by hand, or reads Prometheus from elsewhere. */
const neverKnown =
  "Dashboards of other Grafanas, queries that people keep, and what federates or copies these series are not known here.";

/** How finely the past is looked at: Prometheus has no fewer samples than these, and is not asked for too many. */
const [leastStepSeconds, mostSteps] = [15, 200];

/** Asks how far each renaming is. @throws Error when Prometheus cannot be asked */
export async function renameStates(
  renamings: readonly AskedRenaming[],
  asked: AskedOfRenames,
): Promise<readonly RenameState[]> {
  if (renamings.length === 0) return [];
  const [groups, dashboards] = await Promise.all([
    asked.prometheus.ruleGroups(),
    dashboardsOf(asked.grafana),
  ]);
  const readers = [...deployedRules(groups), ...dashboards.readers];
  return Promise.all(
    renamings.map(async (renaming): Promise<RenameState> => {
      const series = seriesAsked(renaming);
      const [hasSeries, lacking, tooEarlyFor] = await Promise.all([
        anySeries(series, asked.prometheus),
        lackingTargets(series, asked.prometheus),
        reachBeyond(renaming, asked),
      ]);
      return {
        renaming,
        hasSeries,
        lacking,
        readers: readersOfFormerName(readers, renaming).map(({ name }) => name),
        tooEarlyFor,
        unknown: [...dashboards.unknown, neverKnown],
      };
    }),
  );
}

/** One series under both names: a histogram has its parts together. */
interface AskedSeries {
  readonly now: string;
  readonly former: string;
}

function seriesAsked(renaming: AskedRenaming): AskedSeries {
  const last = (name: string) => seriesUnder(name, renaming).at(-1) ?? name;
  return { now: last(renaming.metric.name), former: last(renaming.formerly) };
}

async function anySeries({ now, former }: AskedSeries, prometheus: PrometheusClient): Promise<boolean> {
  return (await prometheus.query(`count(${now} or ${former})`)).length > 0;
}

async function lackingTargets(
  { now, former }: AskedSeries,
  prometheus: PrometheusClient,
): Promise<readonly string[]> {
  const found = await prometheus.query(`count by (job, instance) (${former} unless ${now})`);
  return found.map(({ metric: { job = "?", instance = "?" } }) => `${job} ${instance}`).sort();
}

/** What reads a time at which there were series under the former name alone. */
async function reachBeyond(
  renaming: AskedRenaming,
  { prometheus, readings }: AskedOfRenames,
): Promise<Reach | undefined> {
  const reach = farthestReach(readings, seriesUnder(renaming.metric.name, renaming));
  if (reach === undefined || reach.seconds === 0) return undefined;
  const { now, former } = seriesAsked(renaming);
  const step = Math.max(leastStepSeconds, Math.ceil(reach.seconds / mostSteps));
  const times = `[${String(Math.ceil(reach.seconds))}s:${String(step)}s]`;
  const found = await prometheus.query(`count_over_time(count(${former} unless ${now})${times})`);
  return found.length > 0 ? reach : undefined;
}

async function dashboardsOf(
  grafana: GrafanaClient | undefined,
): Promise<{ readonly readers: readonly DeployedReader[]; readonly unknown: readonly string[] }> {
  if (grafana === undefined) return { readers: [], unknown: ["Grafana's dashboards were not asked for."] };
  try {
    const readers: DeployedReader[] = [];
    for (const { uid, title } of await grafana.dashboards()) {
      readers.push(deployedDashboard(title, await grafana.dashboard(uid)));
    }
    return { readers, unknown: ["Grafana's own alerts were not asked for."] };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { readers: [], unknown: [`Grafana could not be asked for its dashboards: ${reason}`] };
  }
}
