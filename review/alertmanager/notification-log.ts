/** Alerts by numbers of their own. */
export type AlertIds = ReadonlySet<number>;

/** What was told last of a group to an integration. */
export interface LogEntry {
  readonly time: number;
  readonly firing: AlertIds;
  readonly resolved: AlertIds;
}

/** What Alertmanager remembers of what it told, and for how long. Times are milliseconds. */
export class NotificationLog {
  private readonly entries = new Map<string, { readonly entry: LogEntry; readonly goneAt: number }>();

  /**
   * @param retention how long an entry is kept at most (`--data.retention`)
   * @param maintenance time between two removals of old entries (`--data.maintenance-interval`)
   * @param start when the first of these intervals began
   */
  constructor(
    private readonly retention: number,
    private readonly maintenance: number,
    private readonly start: number,
  ) {}

  /** What is remembered at a time. */
  entry(key: string, time: number): LogEntry | undefined {
    const known = this.entries.get(key);
    return known === undefined || known.goneAt <= time ? undefined : known.entry;
  }

  /** When an entry that is there will be gone. */
  goneAt(key: string): number {
    return this.entries.get(key)?.goneAt ?? Infinity;
  }

  /** Remembers what was told, for twice the route's repeat interval at most. */
  store(key: string, entry: LogEntry, repeatInterval: number): void {
    const expiresAt = entry.time + Math.min(this.retention, 2 * repeatInterval);
    const rounds = Math.max(1, Math.ceil((expiresAt - this.start) / this.maintenance));
    this.entries.set(key, { entry, goneAt: this.start + rounds * this.maintenance });
  }
}
