import { alarms } from "../../../constructs/cloudwatch/alarms";
import { alarmProps, instance, messageOf, synth, synthAlarm } from "./support";

const { MachineSilentAlarm, MachinesMissingAlarm } = alarms;

const group = { kind: "auto-scaling-group", name: "shop" } as const;
const ofGroup = { AutoScalingGroupName: "shop" };
const props = { ...alarmProps, periodSeconds: 300 } as const;

describe("MachineSilentAlarm", () => {
  it("is less than one sample of an instance, a gap among it", () => {
    const target = { kind: "instances", instanceIds: [instance] } as const;
    expect(
      synthAlarm((stack) => void new MachineSilentAlarm(stack, "silent", { ...props, target })),
    ).toMatchObject({
      metric_name: "StatusCheckFailed",
      statistic: "SampleCount",
      dimensions: { InstanceId: instance },
      comparison_operator: "LessThanThreshold",
      threshold: 1,
      treat_missing_data: "breaching",
    });
  });

  it("does not leave the one that is gone out of several", () => {
    const target = { kind: "instances", instanceIds: [instance, "i-0fedcba9876543210"] } as const;
    const alarm = synthAlarm((stack) => void new MachineSilentAlarm(stack, "silent", { ...props, target }));
    expect(alarm.metric_query).toMatchObject([{ expression: "MIN(FILL([m1, m2], 0))" }, {}, {}]);
  });

  it("compares a group's samples in a minute with its instances in service", () => {
    const alarm = synthAlarm(
      (stack) => void new MachineSilentAlarm(stack, "silent", { ...props, target: group }),
    );
    expect(alarm).toMatchObject({ comparison_operator: "GreaterThanOrEqualToThreshold", threshold: 1 });
    expect(alarm.metric_query).toMatchObject([
      { expression: "inService - samples / 5", return_data: true },
      {
        id: "inService",
        metric: {
          namespace: "AWS/AutoScaling",
          metric_name: "GroupInServiceInstances",
          dimensions: ofGroup,
          stat: "Average",
        },
      },
      {
        id: "samples",
        metric: {
          namespace: "AWS/EC2",
          metric_name: "StatusCheckFailed",
          dimensions: ofGroup,
          stat: "SampleCount",
        },
      },
    ]);
  });

  it("refuses a fleet, of which nobody knows how many there should be", () => {
    const fleet = { ...props, target: { kind: "fleet" } } as const;
    expect(messageOf((stack) => void new MachineSilentAlarm(stack, "silent", fleet))).toContain(
      'target.kind: found "fleet", allowed: instances or auto-scaling-group',
    );
  });
});

describe("MachinesMissingAlarm", () => {
  it("is what a group wants above what is in service, and is drawn as such", () => {
    synth((stack) => {
      const alarm = new MachinesMissingAlarm(stack, "missing", { ...props, target: group });
      const [graph] = alarm.graphs({ width: 12, height: 6 });
      expect(graph).toMatchObject({
        metrics: [
          {
            kind: "math",
            expression: "desired - inService",
            metrics: {
              desired: { metricName: "GroupDesiredCapacity", dimensions: ofGroup },
              inService: { metricName: "GroupInServiceInstances", dimensions: ofGroup },
            },
          },
        ],
        thresholds: [{ value: 1, fill: "above" }],
      });
    });
  });

  it("refuses what is no group", () => {
    const target = { kind: "instances", instanceIds: [instance] } as const;
    expect(
      messageOf((stack) => void new MachinesMissingAlarm(stack, "missing", { ...props, target })),
    ).toContain('target.kind: found "instances", allowed: auto-scaling-group');
  });
});
