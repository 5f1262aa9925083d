import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import type { AlarmMetric } from "../../../constructs/cloudwatch/metric";
import {
  type AlarmProps,
  MetricAlarm,
  type MetricAlarmProps,
} from "../../../constructs/cloudwatch/metric-alarm";
import { alarmProps, messageOf, synth, synthAlarm } from "./support";

const own: AlarmMetric = {
  kind: "metric",
  namespace: "Shop",
  metricName: "queue_length",
  dimensions: { Queue: "orders" },
  statistic: "Maximum",
};
const ec2: AlarmMetric = { ...own, namespace: "AWS/EC2" };
const insights: AlarmMetric = {
  kind: "insights",
  query: 'SELECT MAX(x) FROM SCHEMA("Shop", Queue)',
  label: "longest",
};
const props: MetricAlarmProps = {
  ...alarmProps,
  metric: own,
  comparison: "GreaterThanThreshold",
  threshold: 100,
  summary: "The queue is long.",
  action: "Start more consumers.",
  thresholdLabel: "long queue > 100",
};
/** What stands in the description after the summary. */
const actionAndRunbook = ` ${props.action} Runbook: ${props.runbookUrl}`.length;
const make = (change: Partial<MetricAlarmProps>) => (stack: ConstructorParameters<typeof MetricAlarm>[0]) =>
  void new MetricAlarm(stack, "queue", { ...props, ...change });

describe("MetricAlarm", () => {
  it("is one alarm that says what to do and notifies of ALARM and OK", () => {
    expect(synthAlarm(make({}))).toEqual({
      alarm_name: "shop-high",
      alarm_description:
        "The queue is long. Start more consumers. Runbook: https://runbooks.example.com/High.md",
      namespace: "Shop",
      metric_name: "queue_length",
      dimensions: { Queue: "orders" },
      statistic: "Maximum",
      period: 300,
      comparison_operator: "GreaterThanThreshold",
      threshold: 100,
      evaluation_periods: 3,
      datapoints_to_alarm: 3,
      treat_missing_data: "breaching",
      alarm_actions: ["arn:aws:sns:eu-west-1:123456789012:own-critical"],
      ok_actions: ["arn:aws:sns:eu-west-1:123456789012:own-critical"],
    });
  });

  it("goes where its severity is routed, also to what Terraform makes", () => {
    const template = synth((stack) => {
      const topic = new SnsTopic(stack, "team", { name: "team" });
      make({ severity: "warning", routing: { actionsFor: () => [topic.arn] } })(stack);
    });
    const alarm = template.resource("aws_cloudwatch_metric_alarm");
    expect(alarm.alarm_actions).toEqual(["${aws_sns_topic.team.arn}"]);
    expect(alarm.ok_actions).toEqual(["${aws_sns_topic.team.arn}"]);
  });

  it("renders metric math with one series returned, each metric with the period and its own statistic or that of all", () => {
    const { namespace, metricName, dimensions } = own;
    const metric: AlarmMetric = {
      kind: "math",
      expression: "MAX([a, b])",
      metrics: {
        a: { namespace, metricName, dimensions },
        b: { namespace, metricName, dimensions: { Queue: "mails" }, statistic: "SampleCount" },
      },
      statistic: "Average",
    };
    const alarm = synthAlarm(make({ metric }));
    const stored = { namespace: "Shop", metric_name: "queue_length", stat: "Average", period: 300 };
    expect(alarm.metric_query).toEqual([
      { id: "watched", expression: "MAX([a, b])", label: "MAX([a, b])", return_data: true },
      { id: "a", return_data: false, metric: { ...stored, dimensions: { Queue: "orders" } } },
      {
        id: "b",
        return_data: false,
        metric: { ...stored, stat: "SampleCount", dimensions: { Queue: "mails" } },
      },
    ]);
    expect(alarm).not.toHaveProperty("period");
    expect(alarm).not.toHaveProperty("namespace");
  });

  it("renders a Metrics Insights query with its period", () => {
    expect(synthAlarm(make({ metric: insights })).metric_query).toEqual([
      {
        id: "watched",
        expression: 'SELECT MAX(x) FROM SCHEMA("Shop", Queue)',
        label: "longest",
        period: 300,
        return_data: true,
      },
    ]);
  });

  it.each([
    ["GreaterThanThreshold", "above"],
    ["GreaterThanOrEqualToThreshold", "above"],
    ["LessThanThreshold", "below"],
    ["LessThanOrEqualToThreshold", "below"],
  ] as const)("%s fills the graph %s its line", (comparison, fill) => {
    synth((stack) => {
      const alarm = new MetricAlarm(stack, "queue", { ...props, comparison });
      expect(alarm.thresholdLine).toEqual({
        label: "long queue > 100",
        value: 100,
        fill,
        severity: "critical",
      });
    });
  });

  it.each<[string, Partial<MetricAlarmProps>]>([
    ["10 s on a metric of one's own", { periodSeconds: 10 }],
    ["30 s on a metric of one's own", { periodSeconds: 30 }],
    ["60 s on AWS's own", { periodSeconds: 60, metric: ec2 }],
    ["one day together", { periodSeconds: 60, evaluationPeriods: 1440 }],
    ["seven days of hours", { periodSeconds: 3600, evaluationPeriods: 168 }],
    ["three hours of a query", { metric: insights, periodSeconds: 3600, evaluationPeriods: 3 }],
    ["all datapoints", { datapointsToAlarm: 3 }],
    ["a name of 255 characters", { name: "n".repeat(255) }],
    ["a name with spaces inside", { name: "Shop: queue".replace(":", "") }],
    ["a negative threshold", { threshold: -1 }],
    ["a description of 1024 characters", { summary: "s".repeat(1024 - actionAndRunbook) }],
  ])("accepts %s", (_what, change) => {
    expect(synth(make(change)).resources("aws_cloudwatch_metric_alarm")).toHaveLength(1);
  });

  it.each<[Partial<MetricAlarmProps>, string]>([
    [{ periodSeconds: 0 }, "periodSeconds: found 0, allowed: 10, 30 or a multiple of 60"],
    [{ periodSeconds: 45 }, "periodSeconds: found 45, allowed: 10, 30 or a multiple of 60"],
    [{ periodSeconds: -60 }, "periodSeconds: found -60, allowed: 10, 30 or a multiple of 60"],
    [{ periodSeconds: 90.5 }, "periodSeconds: found 90.5, allowed: 10, 30 or a multiple of 60"],
    [
      { periodSeconds: 30, metric: ec2 },
      "periodSeconds: found 30, allowed: at least 60: this metric has no finer samples",
    ],
    [
      { periodSeconds: 10, metric: insights },
      "periodSeconds: found 10, allowed: at least 60: this metric has no finer samples",
    ],
    [{ evaluationPeriods: 0 }, "evaluationPeriods: found 0, allowed: a whole number from 1"],
    [{ evaluationPeriods: 1.5 }, "evaluationPeriods: found 1.5, allowed: a whole number from 1"],
    [
      { periodSeconds: 60, evaluationPeriods: 1441 },
      "periodSeconds x evaluationPeriods: found 86460, allowed: at most 86400 seconds, one day",
    ],
    [
      { periodSeconds: 3600, evaluationPeriods: 169 },
      "periodSeconds x evaluationPeriods: found 608400, allowed: at most 604800 seconds, seven days",
    ],
    [
      { metric: insights, periodSeconds: 3600, evaluationPeriods: 4 },
      "periodSeconds x evaluationPeriods: found 14400, allowed: at most 10800 seconds, the three hours that a Metrics Insights alarm sees",
    ],
    [
      { datapointsToAlarm: 4 },
      "datapointsToAlarm: found 4, allowed: a whole number from 1 to evaluationPeriods, 3",
    ],
    [
      { datapointsToAlarm: 0 },
      "datapointsToAlarm: found 0, allowed: a whole number from 1 to evaluationPeriods, 3",
    ],
    [{ name: "" }, 'name: found "", allowed: 1 to 255 printable characters without a colon'],
    [{ name: "a:b" }, 'name: found "a:b", allowed: 1 to 255 printable characters without a colon'],
    [{ name: "a\nb" }, 'name: found "a\\nb", allowed: 1 to 255 printable characters without a colon'],
    [
      { name: "n".repeat(256) },
      `name: found "${"n".repeat(256)}", allowed: 1 to 255 printable characters without a colon`,
    ],
    [{ threshold: NaN }, "threshold: found NaN, allowed: a number"],
    [
      { summary: "s".repeat(1025 - actionAndRunbook) },
      "summary, action, runbookUrl: found 1025, allowed: 1024 characters together",
    ],
    [
      { runbookUrl: "runbooks/High.md" },
      'runbookUrl: found "runbooks/High.md", allowed: an https:// or http:// URL',
    ],
    [{ routing: { actionsFor: () => [] } }, "routing: found [], allowed: 1 to 5 actions"],
    [{ metric: { ...ec2, dimensions: {} } }, "metric.dimensions: found [], allowed: at least one on AWS/EC2"],
    [
      { metric: { kind: "math", expression: "MAX([])", metrics: {}, statistic: "Average" } },
      "metric.metrics: found 0, allowed: 1 to 10 metrics",
    ],
  ])("refuses %j", (change, problem) => {
    expect(messageOf(make(change))).toBe(`foreign/queue: 1 problem in its props:\n  ${problem}`);
  });

  it("names all problems at once", () => {
    const message = messageOf(make({ name: "", periodSeconds: 45, datapointsToAlarm: 9 }));
    expect(message).toMatch(
      /^foreign\/queue: 3 problems in its props:\n {2}name: .*\n {2}periodSeconds: .*\n {2}datapointsToAlarm: /,
    );
  });

  it("asks for the decision about missing data at compile time", () => {
    const { name, periodSeconds, evaluationPeriods, severity, routing, runbookUrl } = alarmProps;
    const undecided = { name, periodSeconds, evaluationPeriods, severity, routing, runbookUrl };
    // @ts-expect-error missingData has no default
    const refused: AlarmProps = undecided;
    expect(refused).not.toHaveProperty("missingData");
  });
});
