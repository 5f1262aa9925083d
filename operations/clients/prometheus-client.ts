import { setTimeout as sleep } from "node:timers/promises";
import { withoutCredentials } from "../terminal/credentials";
import { RequestError, requestJson, requestText } from "./json-client";

/** One series of an answer. */
export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: number;
}

/** A target that Prometheus scrapes. */
export interface Target {
  readonly labels: Readonly<Record<string, string>>;
  readonly scrapePool: string;
  readonly scrapeUrl: string;
  readonly health: "up" | "down" | "unknown";
  readonly lastError: string;
  /** Time as of RFC 3339. */
  readonly lastScrape: string;
  /** Duration such as `15s`. */
  readonly scrapeInterval: string;
}

/** A group of rules that Prometheus evaluates. */
export interface EvaluatedGroup {
  readonly name: string;
  /** Path of the file that it is in. */
  readonly file: string;
  /** Seconds between two evaluations. */
  readonly interval: number;
  /** Time as of RFC 3339. */
  readonly lastEvaluation: string;
  /** Seconds that the last evaluation took. */
  readonly evaluationTime: number;
  readonly rules: readonly {
    readonly type: "alerting" | "recording";
    readonly name: string;
    /** Its expression. */
    readonly query: string;
    /** Seconds for which an alert's condition must hold. */
    readonly duration?: number;
    /** Seconds for which an alert stays when its condition has ended. */
    readonly keepFiringFor?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly health: "ok" | "err" | "unknown";
    /** Why the last evaluation failed. */
    readonly lastError?: string;
  }[];
}

/** What a target says of one of its metrics, whether it has series or not. */
export interface TargetMetadata {
  readonly target: Readonly<Record<string, string>>;
}

/** An alert that is pending or fires. */
export interface PrometheusAlert {
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  readonly state: "pending" | "firing";
  readonly activeAt: string;
  readonly value: string;
}

/** Asks a Prometheus. */
export class PrometheusClient {
  /**
   * @param url its address, without a slash at its end
   * @param targetCount how many targets its configuration has, all of which it knows some seconds after its start only
   */
  constructor(
    readonly url: string,
    readonly targetCount = 1,
  ) {}

  /** The latest value of each series. */
  async query(query: string): Promise<readonly Series[]> {
    const { result } = await this.get<{
      result: { metric: Record<string, string>; value: [number, string] }[];
    }>(`/api/v1/query?query=${encodeURIComponent(query)}`);
    return result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }

  /** The targets that it scrapes. */
  async targets(): Promise<readonly Target[]> {
    return (await this.get<{ activeTargets: Target[] }>("/api/v1/targets?state=active")).activeTargets;
  }

  /** The groups of rules. */
  async ruleGroups(): Promise<readonly EvaluatedGroup[]> {
    return (await this.get<{ groups: EvaluatedGroup[] }>("/api/v1/rules")).groups;
  }

  /** URLs of the Alertmanagers that it sends alerts to. */
  async alertmanagers(): Promise<readonly string[]> {
    const { activeAlertmanagers } = await this.get<{ activeAlertmanagers: { url: string }[] }>(
      "/api/v1/alertmanagers",
    );
    return activeAlertmanagers.map(({ url }) => url);
  }

  /** The targets that announce a metric. */
  async announcing(metric: string): Promise<readonly TargetMetadata[]> {
    return this.get(`/api/v1/targets/metadata?metric=${encodeURIComponent(metric)}`);
  }

  /** Whether it is ready to be asked. @throws Error when it is not, or is not reached */
  async ready(): Promise<void> {
    await requestText(`${this.url}/-/ready`);
  }

  /** The alerts that are pending or fire. */
  async alerts(): Promise<readonly PrometheusAlert[]> {
    return (await this.get<{ alerts: PrometheusAlert[] }>("/api/v1/alerts")).alerts;
  }

  /**
   * Waits until every target was scraped without a failure.
   * @param since Unix time in milliseconds: scrapes before do not count. Default: all count
   * @throws Error that names the targets that are not up when the time is over
   */
  async allUp(timeoutMs: number, since = 0): Promise<readonly Target[]> {
    const end = Date.now() + timeoutMs;
    for (;;) {
      const targets = await this.targets();
      const missing = targets.filter(
        ({ health, lastScrape }) => health !== "up" || Date.parse(lastScrape) <= since,
      );
      if (targets.length >= this.targetCount && missing.length === 0) return targets;
      if (Date.now() > end) {
        const names = missing.map(
          ({ scrapePool, health, lastError }) => `${scrapePool} ${health} ${lastError}`,
        );
        throw new Error(
          `Not up within ${String(timeoutMs / 1000)} s: ${names.join("; ") || `${String(targets.length)} targets are known`}`,
        );
      }
      await sleep(100);
    }
  }

  /** The data of an answer of the API. */
  async get<T>(path: string): Promise<T> {
    return this.dataOf<T>(path, await requestJson(this.url + path));
  }

  /** The same for a question that is too long for an address. @param timeoutMs how long it may take */
  async post<T>(path: string, body: URLSearchParams, timeoutMs: number): Promise<T> {
    const init = { method: "POST", body, signal: AbortSignal.timeout(timeoutMs) };
    return this.dataOf<T>(path, await requestJson(this.url + path, init));
  }

  /** What answers may be something else than Prometheus. */
  private dataOf<T>(path: string, answer: { readonly data?: T } | null | undefined): T {
    if (answer?.data !== undefined) return answer.data;
    const shown = withoutCredentials(this.url + path);
    throw new RequestError(
      `${shown}: no answer of Prometheus's API, but ${String(JSON.stringify(answer)).slice(0, 100)}`,
    );
  }
}
