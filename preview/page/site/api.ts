// What the preview's server answers.

export interface PreviewSettings {
  readonly scrapeIntervalSeconds: number;
  readonly jaegerUrl?: string;
  readonly alertmanagerUrl?: string;
  readonly timezone?: string;
  /** The present, in milliseconds, where it stands still for a picture. */
  readonly now?: number;
}

export interface DashboardSummary {
  readonly uid: string;
  readonly title: string;
  readonly folder: string;
  readonly description?: string;
}

export interface Content {
  readonly environment?: string;
  readonly settings: PreviewSettings;
  readonly dashboards: readonly DashboardSummary[];
  /** Why the sources do not compile; what was last good is shown. */
  readonly problem?: string;
}

/** What the linter says of a panel, or of the dashboard. */
export interface Finding {
  readonly panelId?: number;
  readonly panelTitle?: string;
  readonly rule: string;
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** A dashboard as Grafana's classic schema has it: nothing of it is certain. */
export type DashboardJson = Readonly<Record<string, unknown>>;

export interface DashboardAnswer {
  readonly dashboard: DashboardJson;
  readonly findings: readonly Finding[];
  readonly version: string | number;
}

async function get<T>(path: string): Promise<T> {
  const response = await fetch(path);
  const body = (await response.json()) as T & { message?: string };
  if (!response.ok)
    throw new Error(body.message ?? `${path} was answered with status ${String(response.status)}.`);
  return body;
}

export const fetchContent = (): Promise<Content> => get("/api/preview/content");

/** @throws Error with what the server says, where it has no such dashboard */
export const fetchDashboard = (uid: string): Promise<DashboardAnswer> =>
  get(`/api/preview/dashboards/${encodeURIComponent(uid)}`);

/** What the server tells while the page is open. */
export interface Events {
  readonly changed: (uids: readonly string[]) => void;
  readonly problem: (message: string | undefined) => void;
  readonly connected: (connected: boolean) => void;
  readonly ended: () => void;
}

/** Listens until the function that it gives is called. */
export function listen(events: Events): () => void {
  const source = new EventSource("/api/preview/events");
  const data = (event: Event) =>
    JSON.parse((event as MessageEvent<string>).data) as { uids?: string[]; message?: string };
  source.addEventListener("changed", (event) => events.changed(data(event).uids ?? []));
  source.addEventListener("problem", (event) => events.problem(data(event).message));
  source.addEventListener("ended", () => {
    source.close();
    events.ended();
  });
  source.addEventListener("open", () => events.connected(true));
  source.addEventListener("error", () => events.connected(false));
  return () => source.close();
}
