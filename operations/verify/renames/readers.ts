import { seriesNames } from "../../../signals/stored-series";
import type { Renaming } from "../../../metrics/families";
import type { EvaluatedGroup } from "../../clients/prometheus-client";

/** Something that is deployed and reads series. */
export interface DeployedReader {
  /** Such as `the alert ServiceDown`. */
  readonly name: string;
  /** What it asks for, in PromQL; with Grafana's variables where it is a dashboard. */
  readonly queries: readonly string[];
}

/** A metric that is being renamed, as far as it is asked for. Plain data. */
export interface AskedRenaming extends Pick<Renaming, "formerly"> {
  readonly metric: Pick<Renaming["metric"], "name" | "type">;
}

/** The series of a metric under a name: `a_seconds_bucket`, `a_seconds_sum` and `a_seconds_count` of a histogram. */
export function seriesUnder(name: string, { metric }: AskedRenaming): readonly string[] {
  return seriesNames({ name, type: metric.type });
}

/** The rules that Prometheus evaluates. */
export function deployedRules(groups: readonly EvaluatedGroup[]): readonly DeployedReader[] {
  return groups.flatMap(({ rules }) =>
    rules.map(({ type, name, query }) => ({
      name: `${type === "alerting" ? "the alert" : "the recording rule"} ${name}`,
      queries: [query],
    })),
  );
}

/** A dashboard as Grafana has it: the queries of its panels, rows, variables and marks, whatever they are called. */
export function deployedDashboard(title: string, model: unknown): DeployedReader {
  return { name: `the dashboard "${title}"`, queries: textsIn(model) };
}

/** Those that ask for a series under the name that it had, and not under the one that it has. */
export function readersOfFormerName(
  readers: readonly DeployedReader[],
  renaming: AskedRenaming,
): readonly DeployedReader[] {
  const now = seriesUnder(renaming.metric.name, renaming);
  const former = seriesUnder(renaming.formerly, renaming);
  return readers.filter(({ queries }) =>
    queries.some((query) => {
      const names = new Set(query.match(/[a-zA-Z_:][a-zA-Z0-9_:]*/g) ?? []);
      return former.some((name, index) => names.has(name) && !names.has(now[index] ?? ""));
    }),
  );
}

/** Keys of Grafana's models that hold what is asked for. */
const queryKeys: ReadonlySet<string> = new Set(["expr", "query", "definition"]);

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === "string" ? (queryKeys.has(key) ? [inner] : []) : textsIn(inner),
  );
}
