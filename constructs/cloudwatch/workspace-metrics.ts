import { alarmKind } from "./alarm-kind";
import type { Severity } from "./alarm-routing";
import { evaluationWindow } from "./evaluation-window";
import { evaluationPeriods, missingData, periodFrom } from "./settings";

/** Namespace of what Amazon Managed Service for Prometheus says of its workspaces. */
const namespace = "AWS/Prometheus";

/** What differs between the alarms on what a workspace lost, failed or left out. */
interface WorkspaceFault {
  /** When it goes off, in a few words. */
  readonly meaning: string;
  readonly severity: Severity;
  /** Name of the metric that counts it. */
  readonly metricName: string;
  /** Name of the dimension that its graph tells apart; none where the metric has none besides the workspace. */
  readonly by?: string;
  /** What is counted, for the graph. */
  readonly unit: string;
  /** What has happened, without where and when. */
  readonly happened: string;
  /** What to do now, as a sentence. */
  readonly action: string;
}

/**
 * A kind of alarm on what a workspace counts of its own faults: a metric that is not there counts none. Source:
 * https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-CW-usage-metrics.html, 28 November 2026. It does not name the
 * dimension `Workspace`, by which yet-another-cloudwatch-exporter finds the metrics of a workspace by its id.
 */
export function workspaceFault(fault: WorkspaceFault) {
  const { metricName, by, happened } = fault;
  const counted = (workspaceId: string) =>
    `SELECT SUM(${metricName}) FROM "${namespace}" WHERE Workspace = '${workspaceId}'`;
  return alarmKind({
    meaning: fault.meaning,
    severity: fault.severity,
    presence: "always",
    needs: ["workspaceId"],
    settings: {
      /** Length of one period, in seconds: a multiple of 60, up to 3600. */
      periodSeconds: periodFrom(60).default(300),
      /** How many periods in a row must have one. */
      evaluationPeriods: evaluationPeriods.default(2),
      /** What a period without data means: a metric that is not there counts nothing. */
      missingData: missingData.default("notBreaching"),
    },
    watch: (props) => ({
      metric: { kind: "insights", query: counted(props.workspaceId), label: metricName },
      comparison: "GreaterThanThreshold",
      threshold: 0,
      summary: `${happened}, in ${evaluationWindow(props)}.`,
      action: fault.action,
      thresholdLabel: fault.meaning,
    }),
    graphs: (props) => [
      {
        kind: "graph",
        title: `${metricName} of the workspace`,
        metrics: [
          {
            kind: "insights",
            query:
              by === undefined
                ? counted(props.workspaceId)
                : `${counted(props.workspaceId)} GROUP BY ${by} ORDER BY SUM() DESC LIMIT 10`,
            label: by === undefined ? fault.unit : "",
          },
        ],
        statistic: "Sum",
        periodSeconds: props.periodSeconds,
        unit: fault.unit,
        thresholds: props.thresholds,
        width: props.width,
        height: props.height,
      },
    ],
  });
}
