import { PrometheusClient } from "../../operations/clients/prometheus-client";

const limitMs = 150_000;

/** Asks for samples, and adds up how long it waits for answers. */
export class TimedClient extends PrometheusClient {
  /** Seconds from questions to the ends of their answers since this was set. */
  seconds = 0;

  override async get<T>(path: string): Promise<T> {
    const began = performance.now();
    const response = await fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(limitMs) });
    const text = await response.text();
    this.seconds += (performance.now() - began) / 1_000;
    if (!response.ok) throw new Error(`${path}: ${text.slice(0, 500)}`);
    return (JSON.parse(text) as { data: T }).data;
  }
}
