import { DataSource } from "@cdktf/provider-grafana/lib/data-source";
import { Construct } from "constructs";
import { checkDataSource, dataSourceConfig, type DataSourceProps } from "./data-source-config";

/**
 * A Prometheus Alertmanager as a data source of Grafana: its alerts and silences in Grafana's own pages. Grafana's own
 * alerting sends nothing to it.
 */
export class AlertmanagerDataSource extends Construct {
  /** The `grafana_data_source`. */
  readonly dataSource: DataSource;

  /** @throws PropsError for what Grafana would refuse or what could not work */
  constructor(scope: Construct, id: string, props: DataSourceProps) {
    checkDataSource(props).throwFor(scope, id);
    super(scope, id);
    const settings = { implementation: "prometheus", handleGrafanaManagedAlerts: false };
    this.dataSource = new DataSource(this, "data-source", dataSourceConfig("alertmanager", props, settings));
  }
}
