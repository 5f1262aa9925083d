import type { Construct } from "constructs";
import { percent } from "../../schema/primitives";
import { type AlarmProps, MetricAlarm } from "./metric-alarm";
import {
  alarmMetric,
  checkTarget,
  describeTarget,
  type HostMetric,
  type MetricTarget,
} from "./metric-target";
import { evaluationWindow } from "./evaluation-window";
import { Problems } from "../props-error";
import { basicMonitoringAllowed, basicMonitoringSeconds } from "./settings";

/** CPU utilisation of EC2 instances, in percent. */
export const cpuUtilization: HostMetric = { namespace: "AWS/EC2", metricName: "CPUUtilization" };

/** Props of `CpuAlarm`. */
export interface CpuAlarmProps extends AlarmProps {
  /** Which machines are watched. */
  readonly target: MetricTarget;
  /** The alarm goes off above this utilisation, in percent: above 0 and below 100. */
  readonly thresholdPercent: number;
  /**
   * Whether the machines have detailed monitoring, one sample a minute. Without it EC2 has one in five minutes, and
   * a period under 300 seconds is refused: most of its periods would be empty.
   */
  readonly detailedMonitoring: boolean;
}

/** Goes off when the CPUs of machines are busy for too long: the average of each period is above the threshold. */
export class CpuAlarm extends MetricAlarm {
  /** @throws PropsError for what AWS would refuse or what could not work */
  constructor(scope: Construct, id: string, props: CpuAlarmProps) {
    const { target, thresholdPercent } = props;
    const problems = new Problems();
    checkTarget(target, problems);
    problems.holds(percent, "thresholdPercent", thresholdPercent);
    problems.expect(
      props.detailedMonitoring || props.periodSeconds >= basicMonitoringSeconds,
      "periodSeconds",
      props.periodSeconds,
      basicMonitoringAllowed,
    );
    const sample = target.kind === "fleet" ? "Highest" : "Average";
    super(
      scope,
      id,
      {
        ...props,
        metric: alarmMetric(target, cpuUtilization, "Average"),
        comparison: "GreaterThanThreshold",
        threshold: thresholdPercent,
        summary: `${sample} CPU utilisation of ${describeTarget(target)} is above ${String(thresholdPercent)} % for ${evaluationWindow(props)}.`,
        action: "Find the busiest process, then add capacity or stop what is stuck.",
        thresholdLabel: `high CPU > ${String(thresholdPercent)} %`,
      },
      problems,
    );
  }
}
