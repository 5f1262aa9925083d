/** How the samples of a period become one value. */
export type Statistic = "Average" | "Maximum" | "Minimum" | "SampleCount" | "Sum";

/** One series that CloudWatch stores. */
export interface Metric {
  /** Namespace, such as `AWS/EC2` or `CWAgent`. */
  readonly namespace: string;
  /** Name, such as `CPUUtilization`. */
  readonly metricName: string;
  /** Its dimensions, exactly those of the series. None where the metric is published without. */
  readonly dimensions: Readonly<Record<string, string>>;
}

/** A series that metric math reads. */
export interface MathMetric extends Metric {
  /**
   * How its samples become one value.
   * @default - as those of the others
   */
  readonly statistic?: Statistic;
}

/** What an alarm compares with its threshold. */
export type AlarmMetric =
  | ({ readonly kind: "metric"; readonly statistic: Statistic } & Metric)
  | {
      readonly kind: "math";
      /** Metric math over the ids of `metrics` that gives one series, such as `MAX([m1, m2])`. */
      readonly expression: string;
      /** One to ten metrics, AWS's limit for an alarm, by the id that the expression uses. */
      readonly metrics: Readonly<Record<string, MathMetric>>;
      /** Of all metrics that say nothing else. */
      readonly statistic: Statistic;
    }
  | {
      readonly kind: "insights";
      /** A Metrics Insights query that gives one series. */
      readonly query: string;
      /** Name of that series. */
      readonly label: string;
    }
  | {
      /** Lines of a log group, counted by the minute by a metric filter that the alarm makes. */
      readonly kind: "log-lines";
      /** Name of the log group. */
      readonly logGroupName: string;
      /** CloudWatch Logs filter pattern that a counted line matches. */
      readonly pattern: string;
      /** Namespace of the metric that counts, in which metrics of one's own can be published. */
      readonly namespace: string;
      /** Name of the metric that counts. It has no dimensions. */
      readonly metricName: string;
    };

/** What a graph draws. */
export type GraphMetric =
  | ({
      readonly kind: "metric";
      /** Name of the line in the legend. */
      readonly label: string;
    } & Metric)
  | {
      readonly kind: "math";
      /** Metric math over the ids of `metrics`, which no other line of the graph has. */
      readonly expression: string;
      /** The metrics, by the id that the expression uses. They are not drawn themselves. */
      readonly metrics: Readonly<Record<string, MathMetric>>;
      /** Name of the line in the legend. */
      readonly label: string;
    }
  | {
      readonly kind: "insights";
      /** A Metrics Insights query, which may give several series. */
      readonly query: string;
      /** Put before the name of each series in the legend. */
      readonly label: string;
    };
