import { DataSource } from "@cdktf/provider-grafana/lib/data-source";
import { Construct } from "constructs";
import { type AwsSignature, checkSignature, signatureSecrets, signatureSettings } from "./aws-signature";
import { checkDataSource, dataSourceConfig, type DataSourceProps } from "./data-source-config";

/** What an `AlertmanagerDataSource` takes. */
export interface AlertmanagerDataSourceProps extends DataSourceProps {
  /**
   * By what requests are signed, where it is that of a workspace of Amazon Managed Service for Prometheus.
   * @default - they are not signed
   */
  readonly signature?: AwsSignature;
}

/**
 * A Prometheus Alertmanager as a data source of Grafana: its alerts and silences in Grafana's own pages. Grafana's own
 * alerting sends nothing to it.
 */
export class AlertmanagerDataSource extends Construct {
  /** The `grafana_data_source`. */
  readonly dataSource: DataSource;

  /** @throws PropsError for what Grafana would refuse or what could not work */
  constructor(scope: Construct, id: string, props: AlertmanagerDataSourceProps) {
    const { signature } = props;
    checkSignature(signature, checkDataSource(props)).throwFor(scope, id);
    super(scope, id);
    const settings = {
      implementation: "prometheus",
      handleGrafanaManagedAlerts: false,
      ...(signature && signatureSettings(signature)),
    };
    this.dataSource = new DataSource(this, "data-source", {
      ...dataSourceConfig("alertmanager", props, settings),
      ...(signature && signatureSecrets(this, signature)),
    });
  }
}
