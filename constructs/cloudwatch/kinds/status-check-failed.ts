import { alarmKind } from "../alarm-kind";
import { evaluationWindow } from "../evaluation-window";
import { hostGraph } from "../host-graphs";
import { alarmMetric, describeTarget } from "../metric-target";

/** 1 while a status check of an EC2 instance (system, instance or attached EBS) fails, else 0; once a minute. */
const statusCheck = { namespace: "AWS/EC2", metricName: "StatusCheckFailed" };

/**
 * Goes off when a status check of any of the machines fails in each period. EC2 reports status checks once a minute,
 * with or without detailed monitoring.
 */
export const statusCheckFailed = alarmKind({
  meaning: "a status check of a machine fails",
  severity: "critical",
  presence: "always",
  needs: ["target"],
  settings: {},
  watch: (props) => ({
    metric: alarmMetric(props.target, statusCheck, "Maximum"),
    comparison: "GreaterThanOrEqualToThreshold",
    threshold: 1,
    summary: `A status check fails on ${describeTarget(props.target)} for ${evaluationWindow(props)}.`,
    action: "Look at the instance's status checks and system log, then reboot, recover or replace it.",
    thresholdLabel: "status check failed",
  }),
  graphs: (props) => [
    hostGraph(props, {
      title: "Status check failed",
      metric: statusCheck,
      statistic: "Maximum",
      unit: "failed",
    }),
  ],
});
