import { DataSource } from "@cdktf/provider-grafana/lib/data-source";
import { Construct } from "constructs";
import { scrapeInterval } from "../docker/prometheus-settings";
import { type AwsSignature, checkSignature, signatureSecrets, signatureSettings } from "./aws-signature";
import { checkDataSource, dataSourceConfig, type DataSourceProps } from "./data-source-config";
import { uid as validUid } from "./settings";

/** What a `PrometheusDataSource` takes. */
export interface PrometheusDataSourceProps extends DataSourceProps {
  /**
   * Prometheus's own scrape interval, such as `15s`: Grafana makes `$__rate_interval` of it, and a rate over less than
   * two scrapes is empty.
   */
  readonly scrapeInterval: string;
  /**
   * Whether panels without a data source use it.
   * @default false
   */
  readonly isDefault?: boolean;
  /**
   * Uid of the data source in which the trace of an exemplar is looked up.
   * @default - exemplars lead nowhere
   */
  readonly traces?: string;
  /**
   * That it is a workspace of Amazon Managed Service for Prometheus, and by what requests to it are signed. Grafana's server
   * must have the plugin of `managedPrometheusPlugin` then.
   * @default - a Prometheus whose requests are not signed
   */
  readonly signature?: AwsSignature;
}

/**
 * Grafana's plugin for Amazon Managed Service for Prometheus, which panels use as they use Prometheus. Grafana 13 makes data
 * sources of it, when it starts, of those of Prometheus that sign their requests. Source:
 * https://grafana.com/docs/grafana/v13.1/datasources/prometheus/configure/aws-authentication/, November 2026.
 */
export const managedPrometheusPlugin = "grafana-amazonprometheus-datasource";

/** Label of an exemplar that holds its trace's id, as the services write it. */
const traceIdLabel = "trace_id";

/** A Prometheus as a data source of Grafana, asked by Grafana's server. */
export class PrometheusDataSource extends Construct {
  /** The `grafana_data_source`. */
  readonly dataSource: DataSource;

  /** @throws PropsError for what Grafana would refuse or what could not work */
  constructor(scope: Construct, id: string, props: PrometheusDataSourceProps) {
    const { signature } = props;
    checkSignature(signature, checkDataSource(props))
      .holds(scrapeInterval, "scrapeInterval", props.scrapeInterval)
      .mayHold(validUid, "traces", props.traces)
      .throwFor(scope, id);
    super(scope, id);
    const settings = {
      httpMethod: "POST",
      timeInterval: props.scrapeInterval,
      ...(signature && signatureSettings(signature)),
      ...(props.traces !== undefined && {
        exemplarTraceIdDestinations: [
          { name: traceIdLabel, datasourceUid: props.traces, urlDisplayLabel: "Open the trace" },
        ],
      }),
    };
    this.dataSource = new DataSource(this, "data-source", {
      ...dataSourceConfig(signature ? managedPrometheusPlugin : "prometheus", props, settings),
      ...(signature && signatureSecrets(this, signature)),
      isDefault: props.isDefault ?? false,
    });
  }
}
