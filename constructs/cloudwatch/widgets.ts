import type { Severity } from "./alarm-routing";
import type { GraphMetric, Metric, Statistic } from "./metric";

/** Size of a widget on the dashboard's grid. */
export interface WidgetSize {
  /** Columns of the 24 of a row: 1 to 24. */
  readonly width: number;
  /** Grid rows: 1 to 1000. */
  readonly height: number;
}

/** An alarm's threshold, drawn as a line with the side that is bad filled. */
export interface ThresholdLine {
  /** Text beside the line. */
  readonly label: string;
  /** In the unit of the graph. */
  readonly value: number;
  /** The side of the line that is bad. */
  readonly fill: "above" | "below";
  /** Severity of the alarm, which gives the line its colour. */
  readonly severity: Severity;
}

/** Shows the state of alarms, by a coloured field each. */
export interface AlarmStatusWidget extends WidgetSize {
  readonly kind: "alarm-status";
  /** Heading of the widget. */
  readonly title: string;
  /** ARNs of 1 to 100 alarms, in the order in which they are shown. */
  readonly alarmArns: readonly string[];
}

/** Draws metrics as lines over time. */
export interface GraphWidget extends WidgetSize {
  readonly kind: "graph";
  /** Heading of the widget. */
  readonly title: string;
  /** The lines. */
  readonly metrics: readonly GraphMetric[];
  /** How the samples of a period become a point of stored metrics; a query says it itself. */
  readonly statistic: Statistic;
  /** Length of a period, in seconds: 1, 5, 10, 30 or a multiple of 60. */
  readonly periodSeconds: number;
  /** Text at the axis, such as `percent`. */
  readonly unit: string;
  /**
   * Upper end of the axis.
   * @default - the highest value
   */
  readonly max?: number;
  /**
   * The thresholds of the alarms that this graph belongs to (`MetricAlarm.thresholdLine`).
   * @default []
   */
  readonly thresholds?: readonly ThresholdLine[];
}

/** Shows the latest lines of a log group. */
export interface LogLinesWidget extends WidgetSize {
  readonly kind: "log-lines";
  /** Heading of the widget. */
  readonly title: string;
  /** Name of the log group. */
  readonly logGroupName: string;
  /** How many lines: 1 to 10000. */
  readonly lines: number;
}

/** A part of a dashboard. */
export type Widget = AlarmStatusWidget | GraphWidget | LogLinesWidget;

const severityColours: Readonly<Record<Severity, string>> = { critical: "#d62728", warning: "#ff7f0e" };

/** A widget's `type` and `properties` in a CloudWatch dashboard's body. */
export function renderWidget(widget: Widget, region: string): Readonly<Record<string, unknown>> {
  const { title } = widget;
  switch (widget.kind) {
    case "alarm-status":
      return { type: "alarm", properties: { title, region, alarms: widget.alarmArns } };
    case "graph":
      return { type: "metric", properties: { title, region, ...graphProperties(widget) } };
    case "log-lines": {
      const query =
        `SOURCE '${widget.logGroupName}' | fields @timestamp, @logStream, @message` +
        ` | sort @timestamp desc | limit ${String(widget.lines)}`;
      return { type: "log", properties: { title, region, view: "table", query } };
    }
  }
}

function graphProperties(widget: GraphWidget): Readonly<Record<string, unknown>> {
  const { periodSeconds, thresholds = [], max } = widget;
  return {
    view: "timeSeries",
    stacked: false,
    stat: widget.statistic,
    period: periodSeconds,
    metrics: widget.metrics.flatMap((metric, index) => renderMetric(metric, index, periodSeconds)),
    yAxis: { left: { min: 0, ...(max === undefined ? {} : { max }), label: widget.unit, showUnits: false } },
    ...(thresholds.length === 0
      ? {}
      : {
          annotations: {
            horizontal: thresholds.map(({ label, value, fill, severity }) => ({
              label,
              value,
              fill,
              color: severityColours[severity],
            })),
          },
        }),
  };
}

function renderMetric(metric: GraphMetric, index: number, periodSeconds: number): readonly unknown[][] {
  const { label } = metric;
  switch (metric.kind) {
    case "metric":
      return [[...seriesOf(metric), { label }]];
    case "math":
      return [
        [{ id: "drawn", expression: metric.expression, label }],
        ...Object.entries(metric.metrics).map(([id, each]) => [
          ...seriesOf(each),
          { id, visible: false, ...(each.statistic && { stat: each.statistic }) },
        ]),
      ];
    case "insights": {
      const id = `q${String(index + 1)}`;
      return [[{ id, expression: metric.query, period: periodSeconds, ...(label === "" ? {} : { label }) }]];
    }
  }
}

function seriesOf({ namespace, metricName, dimensions }: Metric): readonly string[] {
  return [namespace, metricName, ...Object.entries(dimensions).flat()];
}
