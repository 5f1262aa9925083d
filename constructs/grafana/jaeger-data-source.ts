import { DataSource } from "@cdktf/provider-grafana/lib/data-source";
import { Construct } from "constructs";
import { checkDataSource, dataSourceConfig, type DataSourceProps } from "./data-source-config";
import { uid as validUid } from "./settings";

/** A query that a span leads to. */
export interface SpanQuery {
  /** What the link is called. */
  readonly name: string;
  /** PromQL, in which Grafana puts the span's labels in the place of `$__tags`. */
  readonly query: string;
}

/** What a `JaegerDataSource` takes. */
export interface JaegerDataSourceProps extends DataSourceProps {
  /**
   * Where a span leads to: the metrics of its service around its time.
   * @default - nowhere
   */
  readonly metrics?: {
    /** Uid of the Prometheus data source. */
    readonly uid: string;
    /** Label of the metrics that names the service; a span has it as `service.name`. */
    readonly serviceLabel: string;
    /** The queries, each a link at every span. */
    readonly queries: readonly SpanQuery[];
  };
  /**
   * Where a span leads to besides: the log lines of its service around its time.
   * @default - nowhere
   */
  readonly lines?: {
    /** Uid of the Loki data source. */
    readonly uid: string;
    /** Label of the lines that names the service; a span has it as `service.name`. */
    readonly serviceLabel: string;
    /** LogQL, in which Grafana puts the span's labels in the place of `${__tags}` and its trace's id in that of `${__trace.traceId}`. */
    readonly query: string;
  };
}

/** Jaeger 2 as a data source of Grafana, asked by Grafana's server. */
export class JaegerDataSource extends Construct {
  /** The `grafana_data_source`. */
  readonly dataSource: DataSource;

  /** @throws PropsError for what Grafana would refuse or what could not work */
  constructor(scope: Construct, id: string, props: JaegerDataSourceProps) {
    checkDataSource(props)
      .mayHold(validUid, "metrics.uid", props.metrics?.uid)
      .mayHold(validUid, "lines.uid", props.lines?.uid)
      .throwFor(scope, id);
    super(scope, id);
    const { lines, metrics } = props;
    const settings = {
      nodeGraph: { enabled: true },
      ...(metrics && {
        tracesToMetrics: {
          datasourceUid: metrics.uid,
          // Metrics are scraped after the span has ended, and seen over a range around it.
          spanStartTimeShift: "-5m",
          spanEndTimeShift: "5m",
          tags: [{ key: "service.name", value: metrics.serviceLabel }],
          queries: metrics.queries,
        },
      }),
      ...(lines && {
        tracesToLogsV2: {
          datasourceUid: lines.uid,
          // A line is written at the end of what a span measures, and clocks differ.
          spanStartTimeShift: "-1m",
          spanEndTimeShift: "1m",
          tags: [{ key: "service.name", value: lines.serviceLabel }],
          customQuery: true,
          query: lines.query,
        },
      }),
    };
    this.dataSource = new DataSource(this, "data-source", dataSourceConfig("jaeger", props, settings));
  }
}
