import { PrometheusClient } from "../../operations/clients/prometheus-client";

/** Somewhat more than engines take for a query at most. */
const limitMs = 150_000;

/** How Prometheus and Cortex say that a query takes more than they give it. */
const outOfReach = /timed out|deadline exceeded|context canceled|too many samples|limit/i;

/** That an engine did not answer, or said that it had no more time or memory for a query. */
export class Unanswered extends Error {}

/** Asks for samples, and adds up how long it waits for answers. */
export class TimedClient extends PrometheusClient {
  /** Seconds from questions to the ends of their answers since this was set. */
  seconds = 0;

  override async get<T>(path: string): Promise<T> {
    const began = performance.now();
    const { status, text } = await this.answerOf(path);
    this.seconds += (performance.now() - began) / 1_000;
    if (status !== 200 && outOfReach.test(text)) throw new Unanswered(`${path}: ${text.slice(0, 500)}`);
    if (status !== 200) throw new Error(`${path}: ${String(status)} ${text.slice(0, 500)}`);
    return (JSON.parse(text) as { data: T }).data;
  }

  private async answerOf(path: string) {
    try {
      const response = await fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(limitMs) });
      return { status: response.status, text: await response.text() };
    } catch (error) {
      throw new Unanswered(`${path}: no answer within ${String(limitMs / 1_000)} s`, { cause: error });
    }
  }
}
