import type { AlarmMetric, GraphMetric, Metric, Statistic } from "./metric";
import type { Problems } from "../props-error";
import { metricTarget } from "./settings";

/** The machines that alarms and graphs are about. */
export type MetricTarget =
  | {
      /** Chosen instances: an alarm watches the worst value among them. */
      readonly kind: "instances";
      /** Ids of 1 to 10 different instances, such as `i-0123456789abcdef0`. */
      readonly instanceIds: readonly string[];
    }
  | {
      /** An Auto Scaling group: AWS merges its instances into one series, so an average is the group's. */
      readonly kind: "auto-scaling-group";
      /** Name of the group. */
      readonly name: string;
    }
  | {
      /**
       * Every instance of the account in the region, by a Metrics Insights query. An alarm watches the worst
       * sample of any instance in the period, whatever its statistic, as a query's average is the whole fleet's
       * and hides the one machine that is in trouble.
       */
      readonly kind: "fleet";
    };

/** A metric that machines have, before it is said which machines. */
export interface HostMetric {
  /** Namespace, such as `AWS/EC2` or `CWAgent`. */
  readonly namespace: string;
  /** Name, such as `CPUUtilization`. */
  readonly metricName: string;
}

/** Which of several machines is in the worst state: the one with the highest value, or the one with the lowest. */
export type Worst = "highest" | "lowest";

/** A fleet's graph shows this many instances, those with the worst values. */
export const fleetGraphInstances = 20;

const sqlFunctions: Readonly<Record<Statistic, string>> = {
  Average: "AVG",
  Maximum: "MAX",
  Minimum: "MIN",
  SampleCount: "COUNT",
  Sum: "SUM",
};

/** Notes what AWS would refuse in a target, or would silently watch nothing by. */
export function checkTarget(target: MetricTarget, problems: Problems): void {
  problems.holds(metricTarget, "target", target);
  if (target.kind !== "instances") return;
  target.instanceIds.forEach((id, index, ids) => {
    const prop = `target.instanceIds[${String(index)}]`;
    problems.expect(ids.indexOf(id) === index, prop, id, "each instance once");
  });
}

/**
 * What an alarm watches so that it speaks for the whole target.
 * @param statistic of each machine's samples (for an Auto Scaling group, of all its machines' samples)
 * @param worst `lowest` where a low value is bad
 */
export function alarmMetric(
  target: MetricTarget,
  metric: HostMetric,
  statistic: Statistic,
  worst: Worst = "highest",
): AlarmMetric {
  const choose = worst === "highest" ? "MAX" : "MIN";
  switch (target.kind) {
    case "instances": {
      const [first, ...others] = target.instanceIds.map((id) => ofInstance(metric, id));
      if (first && others.length === 0) return { kind: "metric", ...first, statistic };
      const metrics = Object.fromEntries(
        target.instanceIds.map((id, index) => [`m${String(index + 1)}`, ofInstance(metric, id)]),
      );
      return {
        kind: "math",
        expression: `${choose}([${Object.keys(metrics).join(", ")}])`,
        metrics,
        statistic,
      };
    }
    case "auto-scaling-group":
      return { kind: "metric", ...ofGroup(metric, target.name), statistic };
    case "fleet":
      return {
        kind: "insights",
        query: `SELECT ${choose}(${metric.metricName}) FROM ${perInstance(metric)}`,
        label: worst,
      };
  }
}

/**
 * The lines of a graph: one an instance, one for an Auto Scaling group, one for each of a fleet's worst.
 * @param label says what the line is about where a graph shows several metrics, such as `in`
 * @param worst `lowest` where a low value is bad
 */
export function graphMetrics(
  target: MetricTarget,
  metric: HostMetric,
  statistic: Statistic,
  { label = "", worst = "highest" }: { readonly label?: string; readonly worst?: Worst } = {},
): GraphMetric[] {
  const named = (machine: string) => (label === "" ? machine : `${label} ${machine}`);
  switch (target.kind) {
    case "instances":
      return target.instanceIds.map((id) => ({
        kind: "metric",
        ...ofInstance(metric, id),
        label: named(id),
      }));
    case "auto-scaling-group":
      return [{ kind: "metric", ...ofGroup(metric, target.name), label: named(target.name) }];
    case "fleet": {
      const sql = sqlFunctions[statistic];
      const query =
        `SELECT ${sql}(${metric.metricName}) FROM ${perInstance(metric)} ` +
        `GROUP BY InstanceId ORDER BY ${sql}() ${worst === "highest" ? "DESC" : "ASC"} LIMIT ${String(fleetGraphInstances)}`;
      return [{ kind: "insights", query, label }];
    }
  }
}

/**
 * The target in words, for descriptions.
 * @param worst `lowest` where a low value is bad
 */
export function describeTarget(target: MetricTarget, worst: Worst = "highest"): string {
  switch (target.kind) {
    case "instances": {
      const [only, ...others] = target.instanceIds;
      return others.length === 0 && only !== undefined
        ? `instance ${only}`
        : `the ${worst} of ${String(target.instanceIds.length)} instances`;
    }
    case "auto-scaling-group":
      return `Auto Scaling group ${target.name}`;
    case "fleet":
      return `the ${worst} of all instances in the account and region`;
  }
}

/** The series of an instance. */
export function ofInstance(metric: HostMetric, id: string): Metric {
  return { ...metric, dimensions: { InstanceId: id } };
}

/** The series of an Auto Scaling group. */
export function ofGroup(metric: HostMetric, name: string): Metric {
  return { ...metric, dimensions: { AutoScalingGroupName: name } };
}

/** Only series whose sole dimension is the instance, so that none is counted twice. */
function perInstance({ namespace }: HostMetric): string {
  return `SCHEMA("${namespace}", InstanceId)`;
}
