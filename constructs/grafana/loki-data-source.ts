import { DataSource } from "@cdktf/provider-grafana/lib/data-source";
import { Construct } from "constructs";
import { checkDataSource, dataSourceConfig, type DataSourceProps } from "./data-source-config";
import { uid as validUid } from "./settings";

/** What a `LokiDataSource` takes. */
export interface LokiDataSourceProps extends DataSourceProps {
  /**
   * Uid of the data source in which the trace of a line is looked up.
   * @default - lines lead nowhere
   */
  readonly traces?: string;
}

/** Finds a trace's id in a line that is JSON, as its first group. */
export const traceIdPattern = '"trace_id"\\s*:\\s*"([0-9a-f]{32})"';

/** A Loki as a data source of Grafana, asked by Grafana's server. */
export class LokiDataSource extends Construct {
  /** The `grafana_data_source`. */
  readonly dataSource: DataSource;

  /** @throws PropsError for what Grafana would refuse or what could not work */
  constructor(scope: Construct, id: string, props: LokiDataSourceProps) {
    checkDataSource(props).mayHold(validUid, "traces", props.traces).throwFor(scope, id);
    super(scope, id);
    const settings = {
      ...(props.traces !== undefined && {
        derivedFields: [
          {
            name: "trace",
            matcherRegex: traceIdPattern,
            datasourceUid: props.traces,
            // The id alone is a trace's URL within that data source.
            url: "${__value.raw}",
            urlDisplayLabel: "Open the trace",
          },
        ],
      }),
    };
    this.dataSource = new DataSource(this, "data-source", dataSourceConfig("loki", props, settings));
  }
}
