import { alarmKind } from "../alarm-kind";
import { evaluationWindow } from "../evaluation-window";
import { groupMetric } from "../group-metrics";
import { describeTarget, type MetricTarget } from "../metric-target";
import { evaluationPeriods, missingData, periodFrom } from "../settings";

/**
 * Goes off when an Auto Scaling group has fewer instances in service than it wants: machines fail and it cannot replace them.
 * The group must have the collection of its metrics enabled, which it has not by itself.
 */
export const machinesMissing = alarmKind({
  meaning: "fewer machines of a group are in service than it wants",
  severity: "critical",
  presence: "always",
  needs: ["target"],
  targets: ["auto-scaling-group"],
  settings: {
    /** Length of one period, in seconds: a multiple of 60, up to 3600. */
    periodSeconds: periodFrom(60).default(60),
    /** How many periods in a row machines must be missing: longer than one takes to start. */
    evaluationPeriods: evaluationPeriods.default(10),
    /** What a period without data means: the group is gone, or its metrics are not collected. */
    missingData: missingData.default("breaching"),
  },
  watch: (props) => ({
    metric: { kind: "math", ...missingOf(props.target), statistic: "Average" },
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    summary: `Fewer machines of ${describeTarget(props.target)} are in service than it wants, for ${evaluationWindow(props)}.`,
    action: "Read the group's activities: they say why it starts none.",
    thresholdLabel: "a machine is missing",
  }),
  graphs: (props) => [
    {
      kind: "graph",
      title: "Machines missing in the group",
      metrics: [{ kind: "math", ...missingOf(props.target), label: "missing" }],
      statistic: "Average",
      periodSeconds: props.periodSeconds,
      unit: "machines",
      thresholds: props.thresholds,
      width: props.width,
      height: props.height,
    },
  ],
});

function missingOf(target: MetricTarget) {
  const group = target.kind === "auto-scaling-group" ? target.name : "";
  return {
    expression: "desired - inService",
    metrics: {
      desired: groupMetric(group, "GroupDesiredCapacity"),
      inService: groupMetric(group, "GroupInServiceInstances"),
    },
  };
}
