import { requestJson, requestText } from "./json-client";

/** An alert that Alertmanager has. */
export interface AlertmanagerAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly receivers: readonly { readonly name: string }[];
  readonly status: {
    readonly state: "unprocessed" | "active" | "suppressed";
    readonly silencedBy: readonly string[];
    readonly inhibitedBy: readonly string[];
  };
}

/** An alert as programs send it. */
export interface SentAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Time as of RFC 3339. Default: now. */
  readonly startsAt?: string;
  /** Time as of RFC 3339; one that is over means resolved. Default: after the resolve time-out. */
  readonly endsAt?: string;
}

/** How an Alertmanager is. */
export interface AlertmanagerStatus {
  /** Its configuration in YAML, as it understood it; secrets are not in it. */
  readonly config: { readonly original: string };
  readonly cluster: {
    readonly status: "ready" | "settling" | "disabled";
    readonly peers?: readonly { readonly name: string; readonly address: string }[];
  };
}

/** Notifications of one kind, such as `slack`, since an Alertmanager started. */
export interface NotificationCount {
  readonly sent: number;
  readonly failed: number;
}

/** Asks an Alertmanager. */
export class AlertmanagerClient {
  /** @param url its address, without a slash at its end */
  constructor(readonly url: string) {}

  /** The alerts that it has, those that are silenced or inhibited too. */
  alerts(): Promise<readonly AlertmanagerAlert[]> {
    return this.request("/api/v2/alerts");
  }

  /** Its configuration and its cluster. */
  status(): Promise<AlertmanagerStatus> {
    return this.request("/api/v2/status");
  }

  /** Whether it is ready to be asked. @throws Error when it is not, or is not reached */
  async ready(): Promise<void> {
    await requestText(`${this.url}/-/ready`);
  }

  /** How many notifications it has tried, by integration. */
  async notifications(): Promise<ReadonlyMap<string, NotificationCount>> {
    const counts = new Map<string, { sent: number; failed: number }>();
    const line =
      /^alertmanager_notifications(_failed)?_total\{(?:[^}]*,)?integration="([^"]+)"[^}]*\} (\S+)$/gm;
    const metrics = await requestText(`${this.url}/metrics`);
    for (const [, failed, integration = "", value] of metrics.matchAll(line)) {
      const count = counts.get(integration) ?? { sent: 0, failed: 0 };
      counts.set(integration, count);
      if (failed === undefined) count.sent += Number(value);
      else count.failed += Number(value);
    }
    for (const count of counts.values()) count.sent -= count.failed;
    return counts;
  }

  /**
   * Silences the alerts that have these labels, from now on.
   * @param forMs how long
   */
  async silence(labels: Readonly<Record<string, string>>, forMs: number): Promise<void> {
    const matchers = Object.entries(labels).map(([name, value]) => ({ name, value, isRegex: false }));
    const now = Date.now();
    const startsAt = new Date(now).toISOString();
    const endsAt = new Date(now + forMs).toISOString();
    const silence = { matchers, startsAt, endsAt, createdBy: "test", comment: "Not looked at." };
    await this.post("silences", silence);
  }

  /** Sends alerts, as Prometheus does. */
  async send(alerts: readonly SentAlert[]): Promise<void> {
    await this.post("alerts", alerts);
  }

  private async post(path: string, body: unknown): Promise<void> {
    await this.request(`/api/v2/${path}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  /** The answer of its API at a path. */
  protected request<T>(path: string, init: RequestInit = {}): Promise<T> {
    return requestJson<T>(this.url + path, init);
  }
}
