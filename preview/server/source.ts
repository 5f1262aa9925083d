/** A dashboard to show. */
export interface PreviewDashboard {
  readonly uid: string;
  readonly title: string;
  /** Title of its folder. */
  readonly folder: string;
  readonly description?: string;
  /** In Grafana's classic schema, unchanged. */
  readonly json: object;
}

/** One thing that the linter holds against a dashboard. */
export interface Finding {
  /** Id and title of its panel; undefined where it is about the dashboard. */
  readonly panelId?: number;
  readonly panelTitle?: string;
  /** Name of the linter's rule. */
  readonly rule: string;
  /** `error` for what the project's own tests refuse, `warning` for the dashboards of others. */
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** All that the preview shows. */
export interface PreviewContent {
  /** Name of the environment whose dashboards they are; undefined for those of files. */
  readonly environment?: string;
  readonly dashboards: readonly PreviewDashboard[];
  /** By the dashboard's uid; a sound one has no entry. */
  readonly findings: Readonly<Record<string, readonly Finding[]>>;
  /** Why the sources as they are now cannot be shown; what is shown is what was last good then. */
  readonly problem?: string;
}

/** Where dashboards come from. */
export interface PreviewSource {
  /** What there is to show now. Never rejects: what is wrong is its `problem`. */
  current(): Promise<PreviewContent>;
  /**
   * Has the listener called after each change of the content.
   * @returns what ends that
   */
  onChange(listener: () => void): () => void;
  /** Ends the watch for changes. */
  close(): Promise<void>;
}
