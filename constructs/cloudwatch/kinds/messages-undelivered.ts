import { alarmKind } from "../alarm-kind";
import { evaluationWindow } from "../evaluation-window";
import type { Metric } from "../metric";
import { evaluationPeriods, missingData, periodFrom } from "../settings";

function waitingIn(queue: string): Metric {
  return {
    namespace: "AWS/SQS",
    metricName: "ApproximateNumberOfMessagesVisible",
    dimensions: { QueueName: queue },
  };
}

/** Goes off when a dead-letter queue holds a message that SNS gave up, and stays until somebody has taken it out. */
export const messagesUndelivered = alarmKind({
  meaning: "a topic's dead-letter queue holds a message that nobody got",
  severity: "warning",
  presence: "always",
  needs: ["deadLetterQueueName"],
  settings: {
    /** Length of one period, in seconds: a multiple of 60, up to 3600. */
    periodSeconds: periodFrom(60).default(300),
    /** How many periods in a row must have a message. */
    evaluationPeriods: evaluationPeriods.default(1),
    /** What a period without data means: the state stays, as SQS tells nothing of a queue that nobody uses. */
    missingData: missingData.default("ignore"),
  },
  watch: (props) => ({
    metric: { kind: "metric", ...waitingIn(props.deadLetterQueueName), statistic: "Maximum" },
    comparison: "GreaterThanThreshold",
    threshold: 0,
    summary: `The queue ${props.deadLetterQueueName} holds messages that SNS gave up, for ${evaluationWindow(props)}.`,
    action: "Read them, as nobody has, then mend the subscription that they were for.",
    thresholdLabel: "a message is undelivered",
  }),
  graphs: (props) => [
    {
      kind: "graph",
      title: `Messages in ${props.deadLetterQueueName}`,
      metrics: [{ kind: "metric", ...waitingIn(props.deadLetterQueueName), label: "undelivered" }],
      statistic: "Maximum",
      periodSeconds: props.periodSeconds,
      unit: "messages",
      thresholds: props.thresholds,
      width: props.width,
      height: props.height,
    },
  ],
});
