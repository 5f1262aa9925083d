import { DataSource } from "@cdktf/provider-grafana/lib/data-source";
import { Construct } from "constructs";

/** What a `PrometheusDataSource` takes. */
export interface PrometheusDataSourceProps {
  /** Stable id by which dashboards refer to it. */
  readonly uid: string;
  /** Name in Grafana's menus. */
  readonly name: string;
  /** URL at which Grafana's server reaches Prometheus. */
  readonly url: string;
  /**
   * Prometheus's own scrape interval, such as `15s`: Grafana makes `$__rate_interval` of it, and a rate over less than
   * two scrapes is empty.
   */
  readonly scrapeInterval: string;
  /** Whether panels without a data source use it. Default false. */
  readonly isDefault?: boolean;
}

/** A Prometheus as a data source of Grafana, asked by Grafana's server. */
export class PrometheusDataSource extends Construct {
  /** The `grafana_data_source`. */
  readonly dataSource: DataSource;

  constructor(scope: Construct, id: string, props: PrometheusDataSourceProps) {
    super(scope, id);
    this.dataSource = new DataSource(this, "data-source", {
      type: "prometheus",
      uid: props.uid,
      name: props.name,
      url: props.url,
      accessMode: "proxy",
      isDefault: props.isDefault ?? false,
      jsonDataEncoded: JSON.stringify({ httpMethod: "POST", timeInterval: props.scrapeInterval }),
    });
  }
}
