import { wholeNumber } from "../../../schema/primitives";
import { alarmKind } from "../alarm-kind";
import { evaluationWindow } from "../evaluation-window";
import type { Metric } from "../metric";
import { evaluationPeriods, missingData, periodFrom } from "../settings";

/**
 * What a workspace uses of something that has a quota, as CloudWatch names it. AWS's guide names the metrics and not their
 * dimensions; these are those of AWS's own alarms on ActiveSeries and IngestionRate, read on 28 November 2026:
 * https://github.com/aws-observability/terraform-aws-observability-accelerator/blob/4c39cdef88f4c90567ef8de4f464cc248a325ebe/modules/managed-prometheus-monitoring/alarms.tf.
 */
function usageOf({ workspaceId, workspaceUsage }: { workspaceId: string; workspaceUsage: string }): Metric {
  return {
    namespace: "AWS/Usage",
    metricName: "ResourceCount",
    dimensions: {
      Class: "None",
      Resource: workspaceUsage,
      ResourceId: workspaceId,
      Service: "Prometheus",
      Type: "Resource",
    },
  };
}

/** In percent. CloudWatch knows the quota that applies, also one that was raised. */
const usedShare = "100 * FILL(used, 0) / SERVICE_QUOTA(used)";

/**
 * Goes off when a workspace uses most of a quota, before it refuses what is beyond. Source:
 * https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-CW-usage-metrics.html, 28 November 2026.
 */
export const workspaceQuotaUsed = alarmKind({
  meaning: "most of a quota of the workspace is used",
  severity: "warning",
  presence: "always",
  needs: ["workspaceId", "workspaceUsage"],
  settings: {
    /** Share of the quota above which it goes off, in percent: 1 to 99. */
    usedPercent: wholeNumber(1, 99).default(80),
    /** Length of one period, in seconds: a multiple of 60, up to 3600. */
    periodSeconds: periodFrom(60).default(300),
    /** How many periods in a row must be above it. */
    evaluationPeriods: evaluationPeriods.default(3),
    /** What a period without data means: a metric that is not there counts nothing. */
    missingData: missingData.default("notBreaching"),
  },
  watch: (props) => ({
    metric: {
      kind: "math",
      expression: usedShare,
      metrics: { used: usageOf(props) },
      statistic: "Maximum",
    },
    comparison: "GreaterThanThreshold",
    threshold: props.usedPercent,
    summary: `The workspace of Amazon Managed Prometheus uses more than ${String(props.usedPercent)} % of its quota of ${props.workspaceUsage}, for ${evaluationWindow(props)}.`,
    action: "Have the quota raised in Service Quotas, or find what grows, before it is refused.",
    thresholdLabel: `used > ${String(props.usedPercent)} %`,
  }),
  graphs: (props) => [
    {
      kind: "graph",
      title: `${props.workspaceUsage} of the workspace, of its quota`,
      metrics: [
        {
          kind: "math",
          expression: usedShare,
          metrics: { used: usageOf(props) },
          label: "used",
        },
      ],
      statistic: "Maximum",
      periodSeconds: props.periodSeconds,
      unit: "percent",
      thresholds: props.thresholds,
      width: props.width,
      height: props.height,
    },
  ],
});
