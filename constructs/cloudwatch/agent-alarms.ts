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
import { agentNamespace, ownNamespace } from "./settings";

/** Used share of file systems, in percent, as the CloudWatch agent publishes it. */
export function diskUsedPercent(namespace: string): HostMetric {
  return { namespace, metricName: "disk_used_percent" };
}

/** Used share of the memory, in percent, as the CloudWatch agent publishes it. */
export function memoryUsedPercent(namespace: string): HostMetric {
  return { namespace, metricName: "mem_used_percent" };
}

/** Props of the alarms on the CloudWatch agent's metrics. */
export interface AgentAlarmProps extends AlarmProps {
  /** Which machines are watched. */
  readonly target: MetricTarget;
  /** The alarm goes off above this used share, in percent: above 0 and below 100. */
  readonly thresholdPercent: number;
  /**
   * Namespace in which the agent publishes: 1 to 255 letters, digits and `. - _ / # :`, not starting with `AWS/`.
   * @default "CWAgent"
   */
  readonly namespace?: string;
}

/**
 * Goes off when the fullest file system of any of the machines is above the threshold. The agent must merge the
 * series of a machine's file systems into one (`aggregation_dimensions`), as `docs/cloudwatch-agent.json` makes it
 * do: an alarm cannot name file systems that it does not know.
 */
export class LowDiskAlarm extends MetricAlarm {
  /** @throws PropsError for what AWS would refuse or what could not work */
  constructor(scope: Construct, id: string, props: AgentAlarmProps) {
    super(
      scope,
      id,
      {
        ...props,
        ...usedShare(props, diskUsedPercent(namespaceOf(props))),
        summary: `The fullest file system of ${describeTarget(props.target)} is above ${String(props.thresholdPercent)} % for ${evaluationWindow(props)}.`,
        action: "Free space or enlarge the volume before writes fail.",
        thresholdLabel: `low disk > ${String(props.thresholdPercent)} %`,
      },
      checkAgentProps(props),
    );
  }
}

/**
 * Goes off when the memory in use of any of the machines is above the threshold. For an Auto Scaling group or a fleet
 * the agent must merge its series (`aggregation_dimensions`), as `docs/cloudwatch-agent.json` makes it do.
 */
export class LowMemoryAlarm extends MetricAlarm {
  /** @throws PropsError for what AWS would refuse or what could not work */
  constructor(scope: Construct, id: string, props: AgentAlarmProps) {
    super(
      scope,
      id,
      {
        ...props,
        ...usedShare(props, memoryUsedPercent(namespaceOf(props))),
        summary: `Memory in use on ${describeTarget(props.target)} is above ${String(props.thresholdPercent)} % for ${evaluationWindow(props)}.`,
        action: "Find the process that grows, restart it or give it a limit, or take a larger instance.",
        thresholdLabel: `low memory > ${String(props.thresholdPercent)} %`,
      },
      checkAgentProps(props),
    );
  }
}

function namespaceOf(props: AgentAlarmProps): string {
  return props.namespace ?? agentNamespace;
}

function usedShare(props: AgentAlarmProps, metric: HostMetric) {
  return {
    metric: alarmMetric(props.target, metric, "Maximum"),
    comparison: "GreaterThanThreshold",
    threshold: props.thresholdPercent,
  } as const;
}

function checkAgentProps(props: AgentAlarmProps): Problems {
  const problems = new Problems();
  checkTarget(props.target, problems);
  problems.holds(percent, "thresholdPercent", props.thresholdPercent);
  return problems.holds(ownNamespace, "namespace", namespaceOf(props));
}
