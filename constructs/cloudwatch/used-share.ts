import type { AlarmGraphProps } from "./alarm-kind";
import { hostGraph } from "./host-graphs";
import { alarmMetric, type HostMetric, type MetricTarget } from "./metric-target";
import { agentNamespace } from "./settings";
import type { GraphWidget } from "./widgets";

/** Machines on which the CloudWatch agent runs. */
interface AgentTarget {
  readonly target: MetricTarget;
  readonly namespace?: string;
}

/** A share in percent that the CloudWatch agent publishes, its highest value against a threshold. */
export function usedShare(props: AgentTarget, metricName: string, thresholdPercent: number) {
  return {
    metric: alarmMetric(props.target, agentMetric(props, metricName), "Maximum"),
    comparison: "GreaterThanThreshold",
    threshold: thresholdPercent,
  } as const;
}

/** A graph of such a share. */
export function usedShareGraph(
  title: string,
  props: AgentTarget & AlarmGraphProps & { readonly periodSeconds: number },
  metricName: string,
): GraphWidget {
  const metric = agentMetric(props, metricName);
  return hostGraph(props, { title, metric, statistic: "Maximum", unit: "percent", max: 100 });
}

function agentMetric({ namespace = agentNamespace }: AgentTarget, metricName: string): HostMetric {
  return { namespace, metricName };
}
