import type { PropsOf } from "../../../constructs/cloudwatch/alarm-kind";
import { alarms } from "../../../constructs/cloudwatch/alarms";
import type { highCpu } from "../../../constructs/cloudwatch/kinds/high-cpu";
import { alarmProps, instance, matching, messageOf, synth, synthAlarm } from "./support";

type HighCpuAlarmProps = PropsOf<typeof highCpu>;
const { HighCpuAlarm, LowCpuCreditsAlarm, LowDiskAlarm, LowMemoryAlarm, StatusCheckFailedAlarm } = alarms;

const cpu: HighCpuAlarmProps = {
  ...alarmProps,
  periodSeconds: 120,
  evaluationPeriods: 2,
  target: { kind: "instances", instanceIds: [instance] },
  thresholdPercent: 80,
  detailedMonitoring: true,
};

describe("HighCpuAlarm", () => {
  it("is above 80 % for 2 periods of 120 s, Average, with dimensions", () => {
    expect(synthAlarm((stack) => void new HighCpuAlarm(stack, "cpu", cpu))).toMatchObject({
      namespace: "AWS/EC2",
      metric_name: "CPUUtilization",
      dimensions: { InstanceId: instance },
      statistic: "Average",
      comparison_operator: "GreaterThanThreshold",
      threshold: 80,
      period: 120,
      evaluation_periods: 2,
      datapoints_to_alarm: 2,
      alarm_description: matching(
        /^Average CPU utilisation of instance i-0123456789abcdef0 is above 80 % for 2 periods of 120 s\. /,
      ),
    });
  });

  it("says of a fleet that it watches the highest", () => {
    const alarm = synthAlarm(
      (stack) => void new HighCpuAlarm(stack, "cpu", { ...cpu, target: { kind: "fleet" } }),
    );
    expect(alarm.alarm_description).toMatch(/^Highest CPU utilisation of the highest of all instances/);
    expect(alarm.metric_query).toMatchObject([
      { expression: 'SELECT MAX(CPUUtilization) FROM SCHEMA("AWS/EC2", InstanceId)', period: 120 },
    ]);
  });

  it("says how many of the periods", () => {
    const alarm = synthAlarm(
      (stack) => void new HighCpuAlarm(stack, "cpu", { ...cpu, evaluationPeriods: 5, datapointsToAlarm: 3 }),
    );
    expect(alarm.alarm_description).toContain("for 3 of 5 periods of 120 s.");
  });

  it("refuses 120 s without detailed monitoring, and says what to do", () => {
    const basic = { ...cpu, detailedMonitoring: false };
    expect(messageOf((stack) => void new HighCpuAlarm(stack, "cpu", basic))).toBe(
      "foreign/cpu: 1 problem in its props:\n" +
        "  periodSeconds: found 120, allowed: at least 300 without detailedMonitoring: EC2 then reports once in five minutes",
    );
    const slower = { ...basic, periodSeconds: 300 };
    expect(synthAlarm((stack) => void new HighCpuAlarm(stack, "cpu", slower)).period).toBe(300);
  });

  it.each([0, 100, -5, 150, NaN])("refuses a threshold of %d %%", (thresholdPercent) => {
    expect(messageOf((stack) => void new HighCpuAlarm(stack, "cpu", { ...cpu, thresholdPercent }))).toContain(
      `thresholdPercent: found ${String(thresholdPercent)}, allowed: a number of percent above 0 and below 100`,
    );
  });

  it("names its own problems and those of every alarm together", () => {
    const props: HighCpuAlarmProps = {
      ...cpu,
      name: "",
      target: { kind: "instances", instanceIds: ["web"] },
    };
    expect(messageOf((stack) => void new HighCpuAlarm(stack, "cpu", props))).toMatch(
      /2 problems in its props:\n {2}target\.instanceIds\[0\]: .*\n {2}name: /,
    );
  });
});

describe("StatusCheckFailedAlarm", () => {
  it("is a failed check of any instance", () => {
    const target = { kind: "instances", instanceIds: [instance, "i-0fedcba9876543210"] } as const;
    const props = { ...alarmProps, periodSeconds: 60, target };
    const alarm = synthAlarm((stack) => void new StatusCheckFailedAlarm(stack, "status", props));
    expect(alarm).toMatchObject({ comparison_operator: "GreaterThanOrEqualToThreshold", threshold: 1 });
    const metric = { namespace: "AWS/EC2", metric_name: "StatusCheckFailed", stat: "Maximum", period: 60 };
    expect(alarm.metric_query).toMatchObject([
      { expression: "MAX([m1, m2])", return_data: true },
      { id: "m1", metric: { ...metric, dimensions: { InstanceId: instance } } },
      { id: "m2", metric: { ...metric, dimensions: { InstanceId: "i-0fedcba9876543210" } } },
    ]);
  });
});

describe("LowCpuCreditsAlarm", () => {
  const props = { ...alarmProps, target: { kind: "fleet" }, thresholdCredits: 30 } as const;

  it("is below 30 credits on the machine that has the fewest", () => {
    const alarm = synthAlarm((stack) => void new LowCpuCreditsAlarm(stack, "credits", props));
    expect(alarm).toMatchObject({
      comparison_operator: "LessThanThreshold",
      threshold: 30,
      metric_query: [
        { expression: 'SELECT MIN(CPUCreditBalance) FROM SCHEMA("AWS/EC2", InstanceId)', label: "lowest" },
      ],
      alarm_description: matching(
        /^The CPU credits of the lowest of all instances in the account and region are below 30 for 3 periods/,
      ),
    });
  });

  it("watches the lowest sample of a group", () => {
    const target = { kind: "auto-scaling-group", name: "shop" } as const;
    const group = { ...props, target };
    expect(synthAlarm((stack) => void new LowCpuCreditsAlarm(stack, "credits", group))).toMatchObject({
      metric_name: "CPUCreditBalance",
      statistic: "Minimum",
    });
  });

  it("shows a fleet's machines with the fewest credits, and fills the graph below the threshold", () => {
    synth((stack) => {
      const [graph] = new LowCpuCreditsAlarm(stack, "credits", props).graphs({ width: 12, height: 6 });
      expect(graph).toMatchObject({
        title: "CPU credits, 20 lowest instances",
        metrics: [{ query: matching(/ ORDER BY MIN\(\) ASC LIMIT 20$/) }],
        thresholds: [{ value: 30, fill: "below", label: "CPU credits < 30" }],
      });
    });
  });

  it.each([
    [{ periodSeconds: 120 }, "periodSeconds: found 120, allowed: a multiple of 60 seconds, from 300 to 3600"],
    [{ thresholdCredits: 0 }, "thresholdCredits: found 0, allowed: a number from 1 to 4608"],
  ])("refuses %j", (change, problem) => {
    const wrong = { ...props, ...change };
    expect(messageOf((stack) => void new LowCpuCreditsAlarm(stack, "credits", wrong))).toBe(
      `foreign/credits: 1 problem in its props:\n  ${problem}`,
    );
  });
});

describe.each([
  ["LowDiskAlarm", LowDiskAlarm, "disk_used_percent"],
  ["LowMemoryAlarm", LowMemoryAlarm, "mem_used_percent"],
] as const)("%s", (_name, Alarm, metric) => {
  const target = { kind: "auto-scaling-group", name: "shop" } as const;
  const props = { ...alarmProps, target, diskUsedPercent: 85, memoryUsedPercent: 85 };

  it("watches the fullest machine in the agent's namespace", () => {
    expect(synthAlarm((stack) => void new Alarm(stack, "agent", props))).toMatchObject({
      namespace: "CWAgent",
      metric_name: metric,
      dimensions: { AutoScalingGroupName: "shop" },
      statistic: "Maximum",
      comparison_operator: "GreaterThanThreshold",
      threshold: 85,
    });
  });

  it("queries a fleet in a namespace of one's own", () => {
    const fleet = { ...props, target: { kind: "fleet" }, namespace: "Shop/Hosts" } as const;
    expect(synthAlarm((stack) => void new Alarm(stack, "agent", fleet)).metric_query).toMatchObject([
      { expression: `SELECT MAX(${metric}) FROM SCHEMA("Shop/Hosts", InstanceId)` },
    ]);
  });

  it.each(["AWS/EC2", "", ":x", 'a"b', "n".repeat(256)])("refuses the namespace %j", (namespace) => {
    expect(messageOf((stack) => void new Alarm(stack, "agent", { ...props, namespace }))).toBe(
      "foreign/agent: 1 problem in its props:\n" +
        `  namespace: found ${JSON.stringify(namespace)}, allowed: a namespace of 1 to 255 letters, digits and . - _ / # : that starts neither with "AWS/" nor with a colon`,
    );
  });
});
