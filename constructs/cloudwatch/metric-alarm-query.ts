import type { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { AlarmMetric } from "./metric";

/** The arguments of `aws_cloudwatch_metric_alarm` that say what is watched. */
export function renderAlarmMetric(
  metric: AlarmMetric,
  periodSeconds: number,
): Partial<CloudwatchMetricAlarmConfig> {
  switch (metric.kind) {
    case "metric":
      return {
        namespace: metric.namespace,
        metricName: metric.metricName,
        dimensions: { ...metric.dimensions },
        statistic: metric.statistic,
        period: periodSeconds,
      };
    case "log-lines":
      return {
        namespace: metric.namespace,
        metricName: metric.metricName,
        dimensions: {},
        statistic: "Sum",
        period: periodSeconds,
      };
    case "math":
      return {
        metricQuery: [
          { id: "watched", expression: metric.expression, label: metric.expression, returnData: true },
          ...Object.entries(metric.metrics).map(([id, { namespace, metricName, dimensions, statistic }]) => ({
            id,
            returnData: false,
            metric: {
              namespace,
              metricName,
              dimensions: { ...dimensions },
              stat: statistic ?? metric.statistic,
              period: periodSeconds,
            },
          })),
        ],
      };
    case "insights":
      return {
        metricQuery: [
          {
            id: "watched",
            expression: metric.query,
            label: metric.label,
            period: periodSeconds,
            returnData: true,
          },
        ],
      };
  }
}
