import { alarmKind } from "../alarm-kind";
import { evaluationWindow } from "../evaluation-window";
import type { Metric } from "../metric";
import { evaluationPeriods, missingData, periodFrom } from "../settings";

/** Deliveries that failed. Of `https` each attempt counts, of the others a message that was given up. */
function failedOf(topic: string): Metric {
  return {
    namespace: "AWS/SNS",
    metricName: "NumberOfNotificationsFailed",
    dimensions: { TopicName: topic },
  };
}

/** Goes off when SNS cannot deliver a topic's messages. It must be told by another topic than this one. */
export const notificationsFailed = alarmKind({
  meaning: "SNS could not deliver a message of a topic",
  severity: "warning",
  presence: "always",
  needs: ["topicName"],
  settings: {
    /** Length of one period, in seconds: a multiple of 60, up to 3600. */
    periodSeconds: periodFrom(60).default(300),
    /** How many periods in a row must have a failure. */
    evaluationPeriods: evaluationPeriods.default(1),
    /** What a period without data means: nothing was sent. */
    missingData: missingData.default("notBreaching"),
  },
  watch: (props) => ({
    metric: { kind: "metric", ...failedOf(props.topicName), statistic: "Sum" },
    comparison: "GreaterThanThreshold",
    threshold: 0,
    summary: `Messages of the topic ${props.topicName} were not delivered, in ${evaluationWindow(props)}.`,
    action: "Read the alarms on the dashboard, then find the subscription that does not answer.",
    thresholdLabel: "a delivery failed",
  }),
  graphs: (props) => [
    {
      kind: "graph",
      title: `Failed deliveries of ${props.topicName}`,
      metrics: [{ kind: "metric", ...failedOf(props.topicName), label: "failed" }],
      statistic: "Sum",
      periodSeconds: props.periodSeconds,
      unit: "deliveries",
      thresholds: props.thresholds,
      width: props.width,
      height: props.height,
    },
  ],
});
