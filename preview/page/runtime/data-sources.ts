// In the place of `@grafana/plugin-compat/datasources`, which wants names that the runtime of this version lacks. There
// is one data source, and the scenes find it by its uid.

import type { DataSourceApi, DataSourceInstanceSettings } from "@grafana/data";

let only: DataSourceApi | undefined;

/** Names the data source that all are. */
export function setDataSource(dataSource: DataSourceApi): void {
  only = dataSource;
}

export function getDataSourceInstance(): Promise<DataSourceApi> {
  return only === undefined ? Promise.reject(new Error("There is no data source.")) : Promise.resolve(only);
}

export function getDataSourceInstanceList(): Promise<DataSourceInstanceSettings[]> {
  return Promise.resolve([]);
}

export function getDefaultDataSourceInstanceListItem(): Promise<undefined> {
  return Promise.resolve(undefined);
}
