import { diskUsedPercent, memoryUsedPercent } from "./agent-alarms";
import { cpuUtilization } from "./cpu-alarm";
import type { Statistic } from "./metric";
import { fleetGraphInstances, graphMetrics, type HostMetric, type MetricTarget } from "./metric-target";
import { statusCheckFailed } from "./status-check-alarm";
import type { GraphWidget, ThresholdLine } from "./widgets";

/** What a graph of machines takes. */
export interface HostGraphProps {
  /** The machines: one line each, or one for an Auto Scaling group. Of a fleet, the 20 with the highest values. */
  readonly target: MetricTarget;
  /** Columns of the dashboard's 24: 1 to 24. */
  readonly width: number;
  /** Grid rows: 1 to 1000. */
  readonly height: number;
  /** Length of a period, in seconds: 1, 5, 10, 30 or a multiple of 60. */
  readonly periodSeconds: number;
  /**
   * The thresholds of the alarms on the metric.
   * @default []
   */
  readonly thresholds?: readonly ThresholdLine[];
}

/** Average CPU utilisation. */
export function cpuGraph(props: HostGraphProps): GraphWidget {
  return hostGraph("CPU utilisation", cpuUtilization, "Average", props, { unit: "percent", max: 100 });
}

/** Average bytes received and sent a sample: a minute with detailed monitoring, else five. */
export function networkGraph(props: HostGraphProps): GraphWidget {
  const { target } = props;
  const received = { namespace: "AWS/EC2", metricName: "NetworkIn" };
  const sent = { namespace: "AWS/EC2", metricName: "NetworkOut" };
  return {
    ...hostGraph("Network in and out", received, "Average", props, { unit: "bytes" }),
    metrics: [
      ...graphMetrics(target, received, "Average", "in"),
      ...graphMetrics(target, sent, "Average", "out"),
    ],
  };
}

/** Failed status checks: 1 while any fails. */
export function statusCheckGraph(props: HostGraphProps): GraphWidget {
  return hostGraph("Status check failed", statusCheckFailed, "Maximum", props, { unit: "failed" });
}

/** Used share of the fullest file system, from the CloudWatch agent. */
export function diskGraph(props: HostGraphProps, namespace: string): GraphWidget {
  const metric = diskUsedPercent(namespace);
  return hostGraph("Fullest file system", metric, "Maximum", props, { unit: "percent", max: 100 });
}

/** Used share of the memory, from the CloudWatch agent. */
export function memoryGraph(props: HostGraphProps, namespace: string): GraphWidget {
  const metric = memoryUsedPercent(namespace);
  return hostGraph("Memory in use", metric, "Maximum", props, { unit: "percent", max: 100 });
}

function hostGraph(
  title: string,
  metric: HostMetric,
  statistic: Statistic,
  props: HostGraphProps,
  axis: { readonly unit: string; readonly max?: number },
): GraphWidget {
  const { target, width, height, periodSeconds, thresholds } = props;
  const of = target.kind === "fleet" ? `, ${String(fleetGraphInstances)} highest instances` : "";
  return {
    kind: "graph",
    title: `${title}${of}`,
    metrics: graphMetrics(target, metric, statistic),
    statistic,
    periodSeconds,
    width,
    height,
    thresholds,
    ...axis,
  };
}
