import type { DataSourceConfig } from "@cdktf/provider-grafana/lib/data-source";
import { terraformLiteral } from "../terraform-literal";

/** What every data source takes. */
export interface DataSourceProps {
  /** Stable id by which dashboards and other data sources refer to it. */
  readonly uid: string;
  /** Name in Grafana's menus. */
  readonly name: string;
  /** URL at which Grafana's server reaches it. */
  readonly url: string;
}

/**
 * A data source that Grafana's server asks, not the browser.
 * @param type of Grafana's plugin, such as `prometheus`
 * @param settings of that plugin, without secrets
 */
export function dataSourceConfig(
  type: string,
  { uid, name, url }: Omit<DataSourceProps, "url"> & { readonly url?: string },
  settings: object,
): DataSourceConfig {
  return {
    type,
    uid,
    name,
    ...(url !== undefined && { url }),
    accessMode: "proxy",
    jsonDataEncoded: terraformLiteral(JSON.stringify(settings)),
  };
}
