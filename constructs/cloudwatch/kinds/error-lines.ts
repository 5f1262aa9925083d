import { z } from "zod";
import { wholeNumber } from "../../../schema/primitives";
import { alarmKind } from "../alarm-kind";

const nameIsMetricName = z.looseObject({ name: z.string() }).refine(({ name }) => !/[*$]/.test(name), {
  path: ["name"],
  error: "no * and $: the metric has the alarm's name",
});

/**
 * Counts error lines of a log group by a metric filter, and goes off when there are too many. The metric has a sample
 * only while lines of any kind come in, so that without any log line `missingData` decides.
 */
export const errorLines = alarmKind({
  meaning: "the log group has more error lines than `count` in a period",
  severity: "warning",
  presence: "always",
  needs: ["logGroupName", "pattern", "metricNamespace"],
  settings: {
    /** The alarm goes off above this many error lines in a period: a whole number from 0. */
    count: wholeNumber(0),
  },
  limits: [nameIsMetricName],
  watch: (props) => ({
    metric: {
      kind: "log-lines",
      logGroupName: props.logGroupName,
      pattern: props.pattern,
      namespace: props.metricNamespace,
      metricName: props.name,
    },
    comparison: "GreaterThanThreshold",
    threshold: props.count,
    summary: `More than ${String(props.count)} error lines in ${String(props.periodSeconds)} s${often(props)}.`,
    action: "Read the latest error lines on the dashboard and follow them to the service that writes them.",
    thresholdLabel: `error lines > ${String(props.count)}`,
  }),
  graphs: (props) => [
    {
      kind: "graph",
      title: "Error lines",
      metrics: [
        {
          kind: "metric",
          namespace: props.metricNamespace,
          metricName: props.name,
          dimensions: {},
          label: "error lines",
        },
      ],
      statistic: "Sum",
      periodSeconds: props.periodSeconds,
      unit: "lines",
      thresholds: props.thresholds,
      width: props.width,
      height: props.height,
    },
  ],
});

function often(props: { readonly evaluationPeriods: number; readonly datapointsToAlarm?: number }): string {
  const { evaluationPeriods, datapointsToAlarm = evaluationPeriods } = props;
  return evaluationPeriods === 1
    ? ""
    : `, ${String(datapointsToAlarm)} times out of ${String(evaluationPeriods)}`;
}
