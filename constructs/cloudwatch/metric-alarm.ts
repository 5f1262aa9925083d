import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Token } from "cdktf";
import { Construct } from "constructs";
import type { z } from "zod";
import type { AlarmRouting, Severity } from "./alarm-routing";
import type { AlarmMetric } from "./metric";
import { renderAlarmMetric } from "./metric-alarm-query";
import { Problems } from "../props-error";
import { evaluationPeriods as periodCount, longestWindow, missingData, mostAlarmMetrics } from "./settings";
import type { ThresholdLine } from "./widgets";

/** How the value compares with the threshold when the alarm goes off. */
export type Comparison =
  | "GreaterThanThreshold"
  | "GreaterThanOrEqualToThreshold"
  | "LessThanThreshold"
  | "LessThanOrEqualToThreshold";

/**
 * What a period without data means. `missing`: if all periods are, the state is INSUFFICIENT_DATA; `ignore`: the
 * state stays; `breaching`: as if over the threshold; `notBreaching`: as if under it.
 */
export type MissingData = z.infer<typeof missingData>;

/** What every alarm of ours takes. */
export interface AlarmProps {
  /** Name, unique in the account and region: 1 to 255 printable characters, none of them a colon. */
  readonly name: string;
  /**
   * Length of one period, in seconds. Refused: what is not 10, 30 or a multiple of 60; below 60 on AWS's own
   * metrics and on Metrics Insights queries, which have no finer samples.
   */
  readonly periodSeconds: number;
  /**
   * How many of the latest periods count, from 1. Refused where periodSeconds x evaluationPeriods is over one day
   * (seven days for periods from one hour; three hours for a Metrics Insights query).
   */
  readonly evaluationPeriods: number;
  /**
   * How many of these must be over the threshold, from 1 to evaluationPeriods.
   * @default - all of them
   */
  readonly datapointsToAlarm?: number;
  /**
   * What a period without data means. An outage is a gap, so this has no default. Where an alarm watches several
   * machines at once, a period is without data only when none of them reports.
   */
  readonly missingData: MissingData;
  /** How bad it is. */
  readonly severity: Severity;
  /** Where the notification goes, of ALARM and of OK alike. */
  readonly routing: AlarmRouting;
  /** URL of the page that says how to mend what the alarm reports; `https://` or `http://`. */
  readonly runbookUrl: string;
}

/** What an alarm compares with which threshold, and what it says. */
export interface WatchedThreshold {
  /** What is compared with the threshold. A single `AWS/EC2` metric without dimensions is refused: it has no data. */
  readonly metric: AlarmMetric;
  /** How the metric compares with the threshold when the alarm goes off. */
  readonly comparison: Comparison;
  /** In the metric's unit. */
  readonly threshold: number;
  /** What has happened, as a sentence. */
  readonly summary: string;
  /** What to do now, as a sentence. Summary, action and link together: at most 1024 characters. */
  readonly action: string;
  /** Text beside the threshold's line in graphs, such as `high CPU > 80 %`. */
  readonly thresholdLabel: string;
}

/** Props of `MetricAlarm`. */
export interface MetricAlarmProps extends AlarmProps, WatchedThreshold {}

/**
 * An alarm that somebody can act on: it says what to do, links to its runbook, notifies of ALARM and of OK, and has
 * decided what missing data means.
 * @throws PropsError, before anything is made, for what AWS would refuse
 */
export class MetricAlarm extends Construct {
  /** ARN of the alarm. */
  readonly arn: string;
  /** Its threshold, for the graph that it belongs to. */
  readonly thresholdLine: ThresholdLine;

  /** @param problems what a more specific alarm found in its own props */
  constructor(scope: Construct, id: string, props: MetricAlarmProps, problems = new Problems()) {
    const actions = props.routing.actionsFor(props.severity);
    const description = `${props.summary} ${props.action} Runbook: ${props.runbookUrl}`;
    checkIdentity(props, description, problems);
    checkEvaluation(props, problems);
    problems.expect(actions.length >= 1 && actions.length <= 5, "routing", actions, "1 to 5 actions");
    problems.throwFor(scope, id);
    super(scope, id);

    const alarm = new CloudwatchMetricAlarm(this, "alarm", {
      alarmName: props.name,
      alarmDescription: description,
      ...renderAlarmMetric(props.metric, props.periodSeconds),
      comparisonOperator: props.comparison,
      threshold: props.threshold,
      evaluationPeriods: props.evaluationPeriods,
      datapointsToAlarm: props.datapointsToAlarm ?? props.evaluationPeriods,
      treatMissingData: props.missingData,
      alarmActions: [...actions],
      okActions: [...actions],
    });
    this.arn = alarm.arn;
    this.thresholdLine = {
      label: props.thresholdLabel,
      value: props.threshold,
      fill: props.comparison.startsWith("Greater") ? "above" : "below",
      severity: props.severity,
    };
    if (props.metric.kind === "log-lines") this.countLines(props.name, props.metric);
  }

  private countLines(name: string, lines: Extract<AlarmMetric, { kind: "log-lines" }>): void {
    new CloudwatchLogMetricFilter(this, "filter", {
      name,
      logGroupName: lines.logGroupName,
      pattern: lines.pattern,
      metricTransformation: {
        namespace: lines.namespace,
        name: lines.metricName,
        value: "1",
        defaultValue: "0",
        unit: "Count",
      },
    });
  }
}

function checkIdentity(props: MetricAlarmProps, description: string, problems: Problems): void {
  const { name, runbookUrl, metric, threshold } = props;
  const isName = /^[^\p{C}:\s](?:[^\p{C}:]{0,253}[^\p{C}:\s])?$/u.test(name);
  problems.expect(isName, "name", name, "1 to 255 printable characters without a colon");
  const isUrl = /^https?:\/\/[^\s/]+\S*$/.test(runbookUrl);
  problems.expect(isUrl, "runbookUrl", runbookUrl, "an https:// or http:// URL");
  if (!Token.isUnresolved(description)) {
    const found = description.length;
    problems.expect(found <= 1024, "summary, action, runbookUrl", found, "1024 characters together");
  }
  problems.holds(missingData, "missingData", props.missingData);
  problems.expect(Number.isFinite(threshold), "threshold", threshold, "a number");
  if (metric.kind === "metric" && metric.namespace === "AWS/EC2") {
    const found = Object.keys(metric.dimensions);
    problems.expect(found.length > 0, "metric.dimensions", found, "at least one on AWS/EC2");
  }
  if (metric.kind === "math") {
    const found = Object.keys(metric.metrics).length;
    const allowed = `1 to ${String(mostAlarmMetrics)} metrics`;
    problems.expect(found >= 1 && found <= mostAlarmMetrics, "metric.metrics", found, allowed);
  }
}

function checkEvaluation(props: MetricAlarmProps, problems: Problems): void {
  const { periodSeconds, evaluationPeriods, datapointsToAlarm, metric } = props;
  const isPeriod = [10, 30].includes(periodSeconds) || (periodSeconds > 0 && periodSeconds % 60 === 0);
  problems.expect(isPeriod, "periodSeconds", periodSeconds, "10, 30 or a multiple of 60");
  if (isPeriod) {
    const why =
      metric.kind === "log-lines" ? "lines are counted by the minute" : "this metric has no finer samples";
    problems.expect(
      periodSeconds >= 60 || hasFineSamples(metric),
      "periodSeconds",
      periodSeconds,
      `at least 60: ${why}`,
    );
  }
  problems.holds(periodCount, "evaluationPeriods", evaluationPeriods);
  const { seconds, allowed } = longestWindow(metric.kind === "insights", periodSeconds);
  if (isPeriod && periodCount.safeParse(evaluationPeriods).success) {
    const found = periodSeconds * evaluationPeriods;
    problems.expect(found <= seconds, "periodSeconds x evaluationPeriods", found, allowed);
  }
  if (datapointsToAlarm !== undefined) {
    problems.expect(
      Number.isInteger(datapointsToAlarm) && datapointsToAlarm >= 1 && datapointsToAlarm <= evaluationPeriods,
      "datapointsToAlarm",
      datapointsToAlarm,
      `a whole number from 1 to evaluationPeriods, ${String(evaluationPeriods)}`,
    );
  }
}

function hasFineSamples(metric: AlarmMetric): boolean {
  if (metric.kind === "insights" || metric.kind === "log-lines") return false;
  const metrics = metric.kind === "metric" ? [metric] : Object.values(metric.metrics);
  return metrics.every(({ namespace }) => !namespace.startsWith("AWS/"));
}
