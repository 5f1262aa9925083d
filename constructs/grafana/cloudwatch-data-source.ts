import { DataSource } from "@cdktf/provider-grafana/lib/data-source";
import { Construct } from "constructs";
import { checkDataSource, dataSourceConfig, type DataSourceProps } from "./data-source-config";

/** What a `CloudWatchDataSource` takes. */
export interface CloudWatchDataSourceProps extends Omit<DataSourceProps, "url"> {
  /** Region that is asked where a panel names none, such as `eu-central-1`. */
  readonly region: string;
}

/**
 * CloudWatch as a data source of Grafana. Grafana's server takes its credentials from where it runs (the AWS SDK's own
 * order: variables, the shared file, the instance's role), so that none is kept in Grafana.
 */
export class CloudWatchDataSource extends Construct {
  /** The `grafana_data_source`. */
  readonly dataSource: DataSource;

  /** @throws PropsError for what Grafana would refuse or what could not work */
  constructor(scope: Construct, id: string, props: CloudWatchDataSourceProps) {
    checkDataSource(props).throwFor(scope, id);
    super(scope, id);
    const settings = { authType: "default", defaultRegion: props.region };
    this.dataSource = new DataSource(this, "data-source", dataSourceConfig("cloudwatch", props, settings));
  }
}
