import { RequestError, requestJson } from "./json-client";

/** A dashboard in a list. */
export interface ListedDashboard {
  readonly uid: string;
  readonly title: string;
  /** Absent where it is in no folder. */
  readonly folderUid?: string;
}

/** A data source in a list. */
export interface ListedDataSource {
  readonly uid: string;
  readonly name: string;
  readonly type: string;
}

/** How a data source is. */
export interface DataSourceHealth {
  readonly isHealthy: boolean;
  /** What Grafana says of it. */
  readonly message: string;
}

/** Paths at which programs answer that Grafana cannot ask by itself, by the type of data source. */
const probePaths: Readonly<Record<string, string>> = {
  alertmanager: "/api/v2/status",
  jaeger: "/api/services",
  prometheus: "/api/v1/status/buildinfo",
};
const mostDashboards = 5_000;

/** Asks a Grafana, as the user `admin`. */
export class GrafanaClient {
  private readonly headers: Readonly<Record<string, string>>;

  /** @param url its address, without a slash at its end */
  constructor(
    readonly url: string,
    password: string,
  ) {
    this.headers = { authorization: `Basic ${Buffer.from(`admin:${password}`).toString("base64")}` };
  }

  /** The dashboards that there are, in all folders. */
  dashboards(): Promise<readonly ListedDashboard[]> {
    return this.get(`/api/search?type=dash-db&limit=${String(mostDashboards)}`);
  }

  /** The model of a dashboard, as its editor saves it. @throws RequestError when there is none of that uid */
  async dashboard(uid: string): Promise<unknown> {
    const path = `/api/dashboards/uid/${encodeURIComponent(uid)}`;
    return (await this.get<{ dashboard: unknown }>(path)).dashboard;
  }

  /** The data sources that there are. */
  dataSources(): Promise<readonly ListedDataSource[]> {
    return this.get("/api/datasources");
  }

  /** Whether Grafana reaches what is behind a data source: by its own check, or, where it has none, through its proxy. */
  async health({ uid, type }: ListedDataSource): Promise<DataSourceHealth> {
    try {
      const { status, message } = await this.get<{ status?: string; message?: string }>(
        `/api/datasources/uid/${encodeURIComponent(uid)}/health`,
      );
      return { isHealthy: status === "OK", message: message ?? String(status) };
    } catch (error) {
      const probe = probePaths[type];
      if (!(error instanceof RequestError) || error.status === undefined) throw error;
      if (error.status !== 404 || probe === undefined)
        return { isHealthy: false, message: messageOf(error.body) };
      return this.probe(`/api/datasources/proxy/uid/${encodeURIComponent(uid)}${probe}`);
    }
  }

  private async probe(path: string): Promise<DataSourceHealth> {
    try {
      await this.get(path);
      return { isHealthy: true, message: "answers" };
    } catch (error) {
      if (!(error instanceof RequestError) || error.status === undefined) throw error;
      return { isHealthy: false, message: messageOf(error.body) || `status ${String(error.status)}` };
    }
  }

  private get<T>(path: string): Promise<T> {
    return requestJson(this.url + path, { headers: this.headers });
  }
}

function messageOf(body: string): string {
  try {
    return (JSON.parse(body) as { message?: string }).message ?? body.slice(0, 200);
  } catch {
    return body.slice(0, 200);
  }
}
