import type { Statistic } from "./metric";
import {
  fleetGraphInstances,
  graphMetrics,
  type HostMetric,
  type MetricTarget,
  type Worst,
} from "./metric-target";
import type { WidgetSize, GraphWidget, ThresholdLine } from "./widgets";

/** What a graph of machines takes. */
export interface HostGraphProps extends WidgetSize {
  /** The machines: one line each, or one for an Auto Scaling group. Of a fleet, the 20 with the worst values. */
  readonly target: MetricTarget;
  /** Length of a period, in seconds: 1, 5, 10, 30 or a multiple of 60. */
  readonly periodSeconds: number;
  /**
   * The thresholds of the alarms on the metric.
   * @default []
   */
  readonly thresholds?: readonly ThresholdLine[];
}

/** What a graph of machines shows. */
export interface HostGraphMetric {
  /** Heading; of a fleet it says how many of it are shown. */
  readonly title: string;
  /** The metric that is drawn. */
  readonly metric: HostMetric;
  /** How the samples of a period become a point. */
  readonly statistic: Statistic;
  /** Text at the axis. */
  readonly unit: string;
  /**
   * Upper end of the axis.
   * @default - the highest value
   */
  readonly max?: number;
  /**
   * Which machines of a fleet are shown.
   * @default "highest"
   */
  readonly worst?: Worst;
}

/** A metric of machines as lines over time. */
export function hostGraph(props: HostGraphProps, shown: HostGraphMetric): GraphWidget {
  const { target, width, height, periodSeconds, thresholds } = props;
  const { title, metric, statistic, unit, max, worst = "highest" } = shown;
  const of = target.kind === "fleet" ? `, ${String(fleetGraphInstances)} ${worst} instances` : "";
  return {
    kind: "graph",
    title: `${title}${of}`,
    metrics: graphMetrics(target, metric, statistic, { worst }),
    statistic,
    periodSeconds,
    width,
    height,
    thresholds,
    unit,
    max,
  };
}

/** Average bytes received and sent a sample: a minute with detailed monitoring, else five. */
export function networkGraph(props: HostGraphProps): GraphWidget {
  const { target } = props;
  const received = { namespace: "AWS/EC2", metricName: "NetworkIn" };
  const sent = { namespace: "AWS/EC2", metricName: "NetworkOut" };
  const title = "Network in and out";
  return {
    ...hostGraph(props, { title, metric: received, statistic: "Average", unit: "bytes" }),
    metrics: [
      ...graphMetrics(target, received, "Average", { label: "in" }),
      ...graphMetrics(target, sent, "Average", { label: "out" }),
    ],
  };
}
