import type { PropsOf } from "../../../constructs/cloudwatch/alarm-kind";
import { alarms } from "../../../constructs/cloudwatch/alarms";
import type { errorLines } from "../../../constructs/cloudwatch/kinds/error-lines";
import { ServiceLogGroup } from "../../../constructs/cloudwatch/service-log-group";
import { alarmProps, matching, messageOf, synth } from "./support";

type ErrorLinesAlarmProps = PropsOf<typeof errorLines>;
const { ErrorLinesAlarm } = alarms;

const props: ErrorLinesAlarmProps = {
  ...alarmProps,
  name: "shop-error-lines",
  evaluationPeriods: 1,
  logGroupName: "/shop/services",
  pattern: "{ $.level >= 50 }",
  count: 10,
  metricNamespace: "shop/prod",
};
const make =
  (change: Partial<ErrorLinesAlarmProps>) => (stack: ConstructorParameters<typeof ErrorLinesAlarm>[0]) =>
    void new ErrorLinesAlarm(stack, "errors", { ...props, ...change });

describe("ErrorLinesAlarm", () => {
  it("counts matching lines and watches the very metric that the filter writes", () => {
    const template = synth(make({}));
    expect(template.resource("aws_cloudwatch_log_metric_filter")).toEqual({
      name: "shop-error-lines",
      log_group_name: "/shop/services",
      pattern: "{ $.level >= 50 }",
      metric_transformation: {
        namespace: "shop/prod",
        name: "shop-error-lines",
        value: "1",
        default_value: "0",
        unit: "Count",
      },
    });
    expect(template.resource("aws_cloudwatch_metric_alarm")).toMatchObject({
      namespace: "shop/prod",
      metric_name: "shop-error-lines",
      statistic: "Sum",
      comparison_operator: "GreaterThanThreshold",
      threshold: 10,
      alarm_description: matching(/^More than 10 error lines in 300 s\. /),
    });
  });

  it("says how often of how many periods", () => {
    const description = (change: Partial<ErrorLinesAlarmProps>) =>
      synth(make(change)).resource("aws_cloudwatch_metric_alarm").alarm_description;
    expect(description({ evaluationPeriods: 3 })).toContain("in 300 s, 3 times out of 3.");
    expect(description({ evaluationPeriods: 3, datapointsToAlarm: 2 })).toContain(
      "in 300 s, 2 times out of 3.",
    );
  });

  it("comes after a log group of the same stack", () => {
    const template = synth((stack) => {
      const group = new ServiceLogGroup(stack, "services", { name: "/shop/services", retentionDays: 7 });
      make({ logGroupName: group.name })(stack);
    });
    expect(template.resource("aws_cloudwatch_log_metric_filter").log_group_name).toMatch(
      /^\$\{aws_cloudwatch_log_group\.services_group_\w+\.name\}$/,
    );
  });

  it.each<[Partial<ErrorLinesAlarmProps>, string]>([
    [{ pattern: "" }, 'pattern: found "", allowed: a filter pattern of 1 to 1024 characters'],
    [{ count: -1 }, "count: found -1, allowed: a whole number from 0"],
    [{ count: 0.5 }, "count: found 0.5, allowed: a whole number from 0"],
    [{ periodSeconds: 30 }, "periodSeconds: found 30, allowed: at least 60: lines are counted by the minute"],
    [{ name: "a*" }, 'name: found "a*", allowed: no * and $: the metric has the alarm\'s name'],
    [
      { metricNamespace: "AWS/Logs" },
      'metricNamespace: found "AWS/Logs", allowed: a namespace of 1 to 255 letters, digits and . - _ / # : that starts neither with "AWS/" nor with a colon',
    ],
  ])("refuses %j", (change, problem) => {
    expect(messageOf(make(change))).toBe(`foreign/errors: 1 problem in its props:\n  ${problem}`);
  });
});

describe("ServiceLogGroup", () => {
  it("forgets lines in time", () => {
    const template = synth((stack) => {
      new ServiceLogGroup(stack, "services", { name: "/shop/services", retentionDays: 14 });
    });
    expect(template.resource("aws_cloudwatch_log_group")).toEqual({
      name: "/shop/services",
      retention_in_days: 14,
    });
  });

  it.each([
    ["for ever", "/shop", 0, "retentionDays: found 0, allowed: one of 1, 3, 5, 7, 14, "],
    ["ten days", "/shop", 10, "retentionDays: found 10, allowed: one of 1, 3, 5, 7, 14, "],
    ["no name", "", 7, 'name: found "", allowed: 1 to 512'],
    ["AWS's names", "aws/x", 7, 'name: found "aws/x", allowed: 1 to 512'],
    ["a quote", "/shop'", 7, `name: found "/shop'", allowed: 1 to 512`],
  ])("refuses %s", (_what, name, retentionDays, problem) => {
    expect(
      messageOf((stack) => void new ServiceLogGroup(stack, "services", { name, retentionDays })),
    ).toContain(problem);
  });
});
