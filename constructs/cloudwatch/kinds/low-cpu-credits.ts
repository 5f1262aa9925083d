import { decimal } from "../../../schema/primitives";
import { alarmKind } from "../alarm-kind";
import { evaluationWindow } from "../evaluation-window";
import { hostGraph } from "../host-graphs";
import { alarmMetric, describeTarget } from "../metric-target";
import { basicMonitoringSeconds, periodFrom } from "../settings";

/**
 * CPU credits that a burstable instance has left: one is a minute of one CPU at 100 %. Other instances have none.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-performance-instances-monitoring-cpu-credits.html
 */
const cpuCreditBalance = { namespace: "AWS/EC2", metricName: "CPUCreditBalance" };

/** The most credits that any burstable instance can have, those of 24 hours: `t3.2xlarge` earns 192 an hour. */
const mostCredits = 4608;

/**
 * Goes off before the CPU credits of burstable instances are used up, and with them all speed above the baseline. EC2
 * reports credits once in five minutes, also with detailed monitoring.
 */
export const lowCpuCredits = alarmKind({
  meaning: "a burstable machine has few CPU credits left",
  severity: "warning",
  presence: "asked",
  needs: ["target"],
  settings: {
    /** The alarm goes off below this many credits: 1 to 4608. What an hour earns depends on the instance's type. */
    thresholdCredits: decimal(1, mostCredits),
    /** Length of one period, in seconds: a multiple of 60, 300 to 3600. */
    periodSeconds: periodFrom(basicMonitoringSeconds).default(basicMonitoringSeconds),
  },
  watch: (props) => {
    const credits = String(props.thresholdCredits);
    return {
      metric: alarmMetric(props.target, cpuCreditBalance, "Minimum", "lowest"),
      comparison: "LessThanThreshold",
      threshold: props.thresholdCredits,
      summary: `The CPU credits of ${describeTarget(props.target, "lowest")} are below ${credits} for ${evaluationWindow(props)}.`,
      action: "Find what uses the CPU, then switch to unlimited mode or take a larger instance.",
      thresholdLabel: `CPU credits < ${credits}`,
    };
  },
  graphs: (props) => [
    hostGraph(props, {
      title: "CPU credits",
      metric: cpuCreditBalance,
      statistic: "Minimum",
      unit: "credits",
      worst: "lowest",
    }),
  ],
});
