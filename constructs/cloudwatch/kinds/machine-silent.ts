import { alarmKind } from "../alarm-kind";
import { evaluationWindow } from "../evaluation-window";
import { groupMetric } from "../group-metrics";
import { hostGraph } from "../host-graphs";
import type { AlarmMetric } from "../metric";
import { alarmMetric, describeTarget, type HostMetric, type MetricTarget, ofGroup } from "../metric-target";
import { evaluationPeriods, missingData, periodFrom } from "../settings";

/** Each running instance has a sample of it a minute, with or without detailed monitoring. */
const statusCheck: HostMetric = { namespace: "AWS/EC2", metricName: "StatusCheckFailed" };

/**
 * Goes off when a machine reports nothing: one that was stopped, was terminated or is not seen by EC2. Of chosen instances it
 * counts the samples; of an Auto Scaling group it compares them with the instances that are in service. How many instances a
 * fleet should have, AWS does not know.
 */
export const machineSilent = alarmKind({
  meaning: "a machine that should be there reports nothing",
  severity: "critical",
  presence: "always",
  needs: ["target"],
  targets: ["instances", "auto-scaling-group"],
  settings: {
    /** Length of one period, in seconds: a multiple of 60, up to 3600. */
    periodSeconds: periodFrom(60).default(60),
    /** How many periods in a row must be without a machine's samples. */
    evaluationPeriods: evaluationPeriods.default(5),
    /** What a period without any sample means: that nothing reports. */
    missingData: missingData.default("breaching"),
  },
  watch: (props) => {
    const { target } = props;
    const action =
      "Look for the machine in EC2 and in CloudTrail, then start it or put another in its place.";
    const thresholdLabel = "a machine is silent";
    if (target.kind === "auto-scaling-group") {
      return {
        metric: { kind: "math", ...silentInGroup(target.name, props.periodSeconds), statistic: "Average" },
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        summary: `Fewer machines of ${describeTarget(target)} report than are in service, for ${evaluationWindow(props)}.`,
        action,
        thresholdLabel,
      };
    }
    return {
      metric: samplesOf(target),
      comparison: "LessThanThreshold",
      threshold: 1,
      summary: `EC2 has no sample of ${describeTarget(target, "lowest")} for ${evaluationWindow(props)}.`,
      action,
      thresholdLabel,
    };
  },
  graphs: (props) => {
    const { target, periodSeconds } = props;
    const graph = hostGraph(props, {
      title: "Samples of machines",
      metric: statusCheck,
      statistic: "SampleCount",
      unit: "samples",
      worst: "lowest",
    });
    if (target.kind !== "auto-scaling-group") return [graph];
    const silent = { kind: "math", ...silentInGroup(target.name, periodSeconds), label: "silent" } as const;
    return [
      {
        ...graph,
        title: "Silent machines in the group",
        metrics: [silent],
        statistic: "Average",
        unit: "machines",
      },
    ];
  },
});

/** In a minute each machine that is there gives one sample. */
function silentInGroup(group: string, periodSeconds: number) {
  return {
    expression: `inService - samples / ${String(periodSeconds / 60)}`,
    metrics: {
      inService: groupMetric(group, "GroupInServiceInstances"),
      samples: { ...ofGroup(statusCheck, group), statistic: "SampleCount" },
    },
  } as const;
}

/** Of several in one alarm, the one that is gone must not be left out of the lowest. */
function samplesOf(target: MetricTarget): AlarmMetric {
  const metric = alarmMetric(target, statusCheck, "SampleCount", "lowest");
  if (metric.kind !== "math") return metric;
  return { ...metric, expression: `MIN(FILL([${Object.keys(metric.metrics).join(", ")}], 0))` };
}
