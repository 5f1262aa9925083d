import { existsSync } from "node:fs";
import { join } from "node:path";
import { namedAlarmKinds } from "../../../constructs/cloudwatch/alarm-kinds";
import { alarms, AlarmOfKind } from "../../../constructs/cloudwatch/alarms";
import { sampleSettings } from "../../support/alarm-samples";
import { alarmProps, messageOf, synth } from "./support";

describe.each(namedAlarmKinds.map((named) => [named.name, named] as const))("%s", (name, { kind, id }) => {
  const props = {
    ...alarmProps,
    target: { kind: "auto-scaling-group", name: "shop" },
    detailedMonitoring: true,
    logGroupName: "/shop",
    pattern: "?ERROR",
    metricNamespace: "Shop",
    topicName: "shop-critical",
    deadLetterQueueName: "shop-critical-dlq",
    workspaceId: "ws-01234567-89ab-cdef-0123-456789abcdef",
    workspaceUsage: "ActiveSeries",
    ...sampleSettings(kind),
  } as const;

  it("is one alarm in somebody else's stack, with a summary, what to do, and its threshold in its graph", () => {
    const template = synth((stack) => {
      const alarm = new AlarmOfKind(stack, id, kind, props);
      const [own, ...others] = alarm.graphs({ width: 8, height: 4 });
      expect(own.thresholds).toEqual([alarm.thresholdLine]);
      for (const graph of [own, ...others]) expect(graph).toMatchObject({ width: 8, height: 4 });
    });
    const alarm = template.resource("aws_cloudwatch_metric_alarm");
    expect(alarm.alarm_description).toMatch(/^[A-Z].+\. [A-Z].+\. Runbook: /);
    expect(alarm).toMatchObject({ evaluation_periods: 2, alarm_actions: alarm.ok_actions });
  });

  it("has a construct of its own, which tells all that is wrong at once", () => {
    const Alarm = alarms[`${name}Alarm` as keyof typeof alarms];
    const wrong = { ...props, name: "", runbookUrl: "nowhere", evaluationPeriods: 0 };
    expect(messageOf((stack) => void new Alarm(stack, id, wrong as never))).toMatch(
      /^foreign\/[a-z-]+: 3 problems in its props:\n/,
    );
  });

  it("refuses what an environment would refuse", () => {
    for (const prop of Object.keys(kind.settings)) {
      const wrong = { ...props, [prop]: {} };
      expect(messageOf((stack) => void new AlarmOfKind(stack, id, kind, wrong))).toContain(
        `  ${prop}: found {}, allowed: `,
      );
    }
  });

  it("has a runbook", () => {
    expect(existsSync(join(__dirname, "../../../docs/runbooks", `${name}.md`))).toBe(true);
  });
});
