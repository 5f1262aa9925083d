import type { DataSourceConfig } from "@cdktf/provider-grafana/lib/data-source";
import { Token } from "cdktf";
import { httpUrl, nonEmptyText } from "../../schema/primitives";
import { Problems } from "../props-error";
import { terraformLiteral } from "../terraform-literal";
import { uid as validUid } from "./settings";

/** What every data source takes. */
export interface DataSourceProps {
  /** Stable id by which dashboards and other data sources refer to it: 1 to 40 letters, digits, dashes and underscores. */
  readonly uid: string;
  /** Name in Grafana's menus. */
  readonly name: string;
  /** `http://` or `https://` URL at which Grafana's server reaches it, without a secret in it. */
  readonly url: string;
}

/** A data source that may be none that has a URL. */
type AnyDataSourceProps = Omit<DataSourceProps, "url"> & { readonly url?: string };

/** What is wrong with the props of a data source. */
export function checkDataSource({ uid, name, url }: AnyDataSourceProps): Problems {
  return (
    new Problems()
      .holds(validUid, "uid", uid)
      .holds(nonEmptyText, "name", name)
      // A reference to another resource is known to Terraform alone.
      .mayHold(httpUrl, "url", url?.startsWith("${") && Token.isUnresolved(url) ? undefined : url)
  );
}

/**
 * A data source that Grafana's server asks, not the browser.
 * @param type of Grafana's plugin, such as `prometheus`
 * @param settings of that plugin, without secrets
 */
export function dataSourceConfig(
  type: string,
  { uid, name, url }: AnyDataSourceProps,
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
