import type { Construct } from "constructs";
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

/** 1 while a status check of an EC2 instance (system, instance or attached EBS) fails, else 0; once a minute. */
export const statusCheckFailed: HostMetric = { namespace: "AWS/EC2", metricName: "StatusCheckFailed" };

/** Props of `StatusCheckAlarm`. */
export interface StatusCheckAlarmProps extends AlarmProps {
  /** Which machines are watched. */
  readonly target: MetricTarget;
}

/**
 * Goes off when a status check of any of the machines fails in each period. EC2 reports status checks once a minute,
 * with or without detailed monitoring.
 */
export class StatusCheckAlarm extends MetricAlarm {
  /** @throws PropsError for what AWS would refuse or what could not work */
  constructor(scope: Construct, id: string, props: StatusCheckAlarmProps) {
    const problems = new Problems();
    checkTarget(props.target, problems);
    super(
      scope,
      id,
      {
        ...props,
        metric: alarmMetric(props.target, statusCheckFailed, "Maximum"),
        comparison: "GreaterThanOrEqualToThreshold",
        threshold: 1,
        summary: `A status check fails on ${describeTarget(props.target)} for ${evaluationWindow(props)}.`,
        action: "Look at the instance's status checks and system log, then reboot, recover or replace it.",
        thresholdLabel: "status check failed",
      },
      problems,
    );
  }
}
