import type { MetricAlarm } from "@aws-sdk/client-cloudwatch";
import type { AlarmMetric, Metric } from "../../constructs/cloudwatch/metric";
import type { Environment } from "../../environments";
import { askedAlarms } from "../../environments/asked-alarms";

/** An alarm in the words that an environment's file and AWS's API have in common. */
export interface AlarmFacts {
  readonly name: string;
  /** Series, or query, that is compared with the threshold: one line a series. */
  readonly watches: readonly string[];
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  readonly comparison: string;
  readonly threshold: number;
  readonly missingData: string;
  /** Topics that are told of ALARM, and the same of OK. */
  readonly alarmTopics: readonly string[];
  readonly okTopics: readonly string[];
}

/**
 * The alarms that an environment's file asks for: the first five kinds said again without the code that makes them, any
 * other as its kind says it.
 */
export function expectedAlarms(environment: Environment): AlarmFacts[] {
  const { project, name, cloudwatch } = environment;
  const { alarms, agent } = cloudwatch;
  const prefix = `${project}-${name}`;
  const facts = (
    suffix: string,
    severity: "critical" | "warning",
    asked: { periodSeconds: number; evaluationPeriods: number; missingData: string },
    rest: Pick<AlarmFacts, "watches" | "threshold"> & { comparison?: string },
  ): AlarmFacts => ({
    name: `${prefix}-${suffix}`,
    periodSeconds: asked.periodSeconds,
    evaluationPeriods: asked.evaluationPeriods,
    missingData: asked.missingData,
    comparison: "GreaterThanThreshold",
    alarmTopics: [`${prefix}-${severity}`],
    okTopics: [`${prefix}-${severity}`],
    ...rest,
  });
  const { thresholds } = environment.alerting;
  const ofMachines = (
    suffix: string,
    severity: "critical" | "warning",
    asked: { periodSeconds: number; evaluationPeriods: number; missingData: string },
    {
      metric,
      statistic,
      ...rest
    }: { metric: string; statistic: string } & Omit<Parameters<typeof facts>[3], "watches">,
  ) =>
    machinesOf(environment.machines.aws.target).map(({ ending, dimension }) =>
      facts(`${suffix}${ending}`, severity, asked, {
        watches: [dimension === undefined ? fleetQuery(metric) : `${metric} ${statistic} ${dimension}`],
        ...rest,
      }),
    );
  const all = [
    ...ofMachines("high-cpu", "warning", alarms.highCpu, {
      metric: "AWS/EC2 CPUUtilization",
      statistic: "Average",
      threshold: inPercent(thresholds.hostCpu),
    }),
    ...ofMachines("status-check-failed", "critical", alarms.statusCheckFailed, {
      metric: "AWS/EC2 StatusCheckFailed",
      statistic: "Maximum",
      threshold: 1,
      comparison: "GreaterThanOrEqualToThreshold",
    }),
  ];
  if (alarms.errorLines) {
    all.push(
      facts("error-lines", "warning", alarms.errorLines, {
        watches: [`${project}/${name} ${prefix}-error-lines Sum`],
        threshold: alarms.errorLines.count,
      }),
    );
  }
  if (agent) {
    all.push(
      ...ofMachines("low-disk", "critical", agent, {
        metric: `${agent.namespace} disk_used_percent`,
        statistic: "Maximum",
        threshold: inPercent(thresholds.filesystemUsedCritical),
      }),
      ...ofMachines("low-disk-warning", "warning", agent, {
        metric: `${agent.namespace} disk_used_percent`,
        statistic: "Maximum",
        threshold: inPercent(thresholds.filesystemUsedWarning),
      }),
      ...ofMachines("low-memory", "warning", agent, {
        metric: `${agent.namespace} mem_used_percent`,
        statistic: "Maximum",
        threshold: inPercent(thresholds.hostMemory),
      }),
    );
  }
  const others = askedAlarms(environment).filter(({ id }) =>
    all.every((each) => each.name !== `${prefix}-${id}`),
  );
  for (const other of others) {
    const { detailedMonitoring } = environment.machines.aws;
    const surroundings = { name: `${prefix}-${other.id}`, detailedMonitoring, ...other.about };
    const said = other.kind.watch({ ...surroundings, ...other.asked } as never);
    const { threshold, comparison } = said;
    const watches = watchesOf(said.metric);
    all.push(facts(other.id, other.severity, other.asked, { watches, threshold, comparison }));
  }
  return all.sort(byName);
}

function watchesOf(metric: AlarmMetric): readonly string[] {
  const line = ({ namespace, metricName, dimensions }: Metric, statistic: string) =>
    [namespace, metricName, statistic, ...Object.entries(dimensions).map((pair) => pair.join("="))].join(" ");
  switch (metric.kind) {
    case "metric":
      return [line(metric, metric.statistic)];
    case "log-lines":
      return [line({ ...metric, dimensions: {} }, "Sum")];
    case "insights":
      return [metric.query];
    case "math": {
      const series = Object.values(metric.metrics).map((each) =>
        line(each, each.statistic ?? metric.statistic),
      );
      return [metric.expression, ...series.sort()];
    }
  }
}

/** The machines that have an alarm each: the end of its name, and its dimension. A fleet has one by a query. */
function machinesOf(
  target: Environment["machines"]["aws"]["target"],
): readonly { ending: string; dimension?: string }[] {
  switch (target.kind) {
    case "auto-scaling-group":
      return [{ ending: "", dimension: `AutoScalingGroupName=${target.name}` }];
    case "fleet":
      return [{ ending: "" }];
    case "instances":
      return target.instanceIds.map((id) => ({ ending: `-${id}`, dimension: `InstanceId=${id}` }));
  }
}

function fleetQuery(metric: string): string {
  const [namespace = "", name = ""] = metric.split(" ");
  return `SELECT MAX(${name}) FROM SCHEMA("${namespace}", InstanceId)`;
}

function inPercent(share: number): number {
  return Number((share * 100).toFixed(4));
}

/** The alarms as AWS reports them. */
export function reportedAlarms(alarms: readonly MetricAlarm[]): AlarmFacts[] {
  return alarms.map(reportedAlarm).sort(byName);
}

function reportedAlarm(alarm: MetricAlarm): AlarmFacts {
  return {
    name: alarm.AlarmName ?? "",
    watches: reportedWatches(alarm),
    periodSeconds: reportedPeriod(alarm),
    evaluationPeriods: alarm.EvaluationPeriods ?? NaN,
    comparison: alarm.ComparisonOperator ?? "",
    threshold: alarm.Threshold ?? NaN,
    missingData: alarm.TreatMissingData ?? "",
    alarmTopics: (alarm.AlarmActions ?? []).map(topicName),
    okTopics: (alarm.OKActions ?? []).map(topicName),
  };
}

function reportedWatches(alarm: MetricAlarm): readonly string[] {
  const queries = alarm.Metrics ?? [];
  if (queries.length === 0) return [series(alarm, alarm.Statistic)];
  const stored = queries.flatMap(({ MetricStat }) =>
    MetricStat ? [series(MetricStat.Metric ?? {}, MetricStat.Stat)] : [],
  );
  const returned = queries.filter(({ ReturnData }) => ReturnData === true);
  return [...returned.map(({ Expression = "" }) => Expression), ...stored.sort()];
}

function series(
  metric: Pick<MetricAlarm, "Namespace" | "MetricName" | "Dimensions">,
  statistic: string | undefined,
): string {
  const dimensions = (metric.Dimensions ?? []).map(({ Name = "", Value = "" }) => `${Name}=${Value}`);
  return [metric.Namespace, metric.MetricName, statistic, ...dimensions].join(" ");
}

function reportedPeriod(alarm: MetricAlarm): number {
  const periods = [
    alarm.Period,
    ...(alarm.Metrics ?? []).flatMap((query) => [query.Period, query.MetricStat?.Period]),
  ];
  const [period, ...others] = [...new Set(periods.filter((each) => each !== undefined))];
  return period !== undefined && others.length === 0 ? period : NaN;
}

function topicName(arn: string): string {
  return arn.replace(/.*:/, "");
}

function byName(a: AlarmFacts, b: AlarmFacts): number {
  return a.name.localeCompare(b.name);
}
