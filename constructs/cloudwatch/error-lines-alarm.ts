import { CloudwatchLogMetricFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-metric-filter";
import type { Construct } from "constructs";
import type { Metric } from "./metric";
import { type AlarmProps, MetricAlarm } from "./metric-alarm";
import { Problems } from "../props-error";
import { errorLineCount, filterPattern, ownNamespace } from "./settings";

/** Props of `ErrorLinesAlarm`. */
export interface ErrorLinesAlarmProps extends AlarmProps {
  /** Name of the log group whose lines are counted. */
  readonly logGroupName: string;
  /**
   * CloudWatch Logs filter pattern that an error line matches, such as `{ $.level >= 50 }` or `?ERROR ?Fatal`:
   * 1 to 1024 characters.
   */
  readonly pattern: string;
  /** The alarm goes off above this many error lines in a period: a whole number from 0. */
  readonly count: number;
  /**
   * Namespace of the metric that counts the lines: 1 to 255 letters, digits and `. - _ / # :`, not starting
   * with `AWS/`. Its metric is `<name>`, the alarm's name.
   */
  readonly metricNamespace: string;
}

/**
 * Counts error lines of a log group by a metric filter, and goes off when there are too many. A period is refused
 * below 60 seconds, as the filter counts by the minute. The metric has a sample only while lines of any kind come
 * in, so that without any log line `missingData` decides.
 */
export class ErrorLinesAlarm extends MetricAlarm {
  /** The count of error lines, for graphs. */
  readonly metric: Metric;

  /** @throws PropsError for what AWS would refuse or what could not work */
  constructor(scope: Construct, id: string, props: ErrorLinesAlarmProps) {
    const metric = { namespace: props.metricNamespace, metricName: props.name, dimensions: {} };
    super(
      scope,
      id,
      {
        ...props,
        metric: { kind: "metric", ...metric, statistic: "Sum" },
        comparison: "GreaterThanThreshold",
        threshold: props.count,
        summary: describe(props),
        action:
          "Read the latest error lines on the dashboard and follow them to the service that writes them.",
        thresholdLabel: `error lines > ${String(props.count)}`,
      },
      checkProps(props),
    );
    this.metric = metric;
    new CloudwatchLogMetricFilter(this, "filter", {
      name: props.name,
      logGroupName: props.logGroupName,
      pattern: props.pattern,
      metricTransformation: {
        namespace: metric.namespace,
        name: metric.metricName,
        value: "1",
        defaultValue: "0",
        unit: "Count",
      },
    });
  }
}

function describe({
  count,
  periodSeconds,
  evaluationPeriods,
  datapointsToAlarm,
}: ErrorLinesAlarmProps): string {
  const lines = `More than ${String(count)} error lines in ${String(periodSeconds)} s`;
  if (evaluationPeriods === 1) return `${lines}.`;
  return `${lines}, ${String(datapointsToAlarm ?? evaluationPeriods)} times out of ${String(evaluationPeriods)}.`;
}

function checkProps(props: ErrorLinesAlarmProps): Problems {
  const { pattern, count, metricNamespace, periodSeconds } = props;
  return new Problems()
    .holds(filterPattern, "pattern", pattern)
    .holds(errorLineCount, "count", count)
    .expect(
      periodSeconds >= 60,
      "periodSeconds",
      periodSeconds,
      "at least 60: lines are counted by the minute",
    )
    .expect(!/[*$]/.test(props.name), "name", props.name, "no * and $: the metric has the alarm's name")
    .holds(ownNamespace, "metricNamespace", metricNamespace);
}
