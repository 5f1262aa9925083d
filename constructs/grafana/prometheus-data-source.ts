import { DataSource } from "@cdktf/provider-grafana/lib/data-source";
import { Construct } from "constructs";
import { dataSourceConfig, type DataSourceProps } from "./data-source-config";

/** What a `PrometheusDataSource` takes. */
export interface PrometheusDataSourceProps extends DataSourceProps {
  /**
   * Prometheus's own scrape interval, such as `15s`: Grafana makes `$__rate_interval` of it, and a rate over less than
   * two scrapes is empty.
   */
  readonly scrapeInterval: string;
  /** Whether panels without a data source use it. Default false. */
  readonly isDefault?: boolean;
  /** Uid of the data source in which the trace of an exemplar is looked up. Default: exemplars lead nowhere. */
  readonly traces?: string;
}

/** Label of an exemplar that holds its trace's id, as the services write it. */
const traceIdLabel = "trace_id";

/** A Prometheus as a data source of Grafana, asked by Grafana's server. */
export class PrometheusDataSource extends Construct {
  /** The `grafana_data_source`. */
  readonly dataSource: DataSource;

  constructor(scope: Construct, id: string, props: PrometheusDataSourceProps) {
    super(scope, id);
    const settings = {
      httpMethod: "POST",
      timeInterval: props.scrapeInterval,
      ...(props.traces !== undefined && {
        exemplarTraceIdDestinations: [
          { name: traceIdLabel, datasourceUid: props.traces, urlDisplayLabel: "Open the trace" },
        ],
      }),
    };
    this.dataSource = new DataSource(this, "data-source", {
      ...dataSourceConfig("prometheus", props, settings),
      isDefault: props.isDefault ?? false,
    });
  }
}
