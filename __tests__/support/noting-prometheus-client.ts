import { RequestError } from "../../operations/clients/json-client";
import { PrometheusClient } from "../../operations/clients/prometheus-client";

/** What an answer has of series over a range of time. */
interface Range {
  readonly result?: readonly { readonly values?: readonly unknown[] }[];
}

/** Counts what a Prometheus is asked for, and what it answers. */
export class NotingPrometheusClient extends PrometheusClient {
  questions = 0;
  /** How many of them were too much. */
  refused = 0;
  /** Points in the largest answer. */
  largest = 0;
  /** Most times that one question asked for. */
  mostPoints = 0;
  /** Most questions that were not answered yet at the same time. */
  mostAtOnce = 0;
  private open = 0;

  override async post<T>(path: string, body: URLSearchParams, timeoutMs: number): Promise<T> {
    this.questions += 1;
    this.open += 1;
    this.mostAtOnce = Math.max(this.mostAtOnce, this.open);
    const [start, end, step] = ["start", "end", "step"].map((name) => Number(body.get(name)));
    this.mostPoints = Math.max(
      this.mostPoints,
      Math.floor(((end ?? NaN) - (start ?? NaN)) / (step ?? NaN)) + 1,
    );
    try {
      const answer = await super.post<T>(path, body, timeoutMs);
      const { result = [] } = answer as Range;
      const points = result.reduce((sum, { values = [] }) => sum + values.length, 0);
      this.largest = Math.max(this.largest, points);
      return answer;
    } catch (error) {
      if (error instanceof RequestError && error.status !== undefined) this.refused += 1;
      throw error;
    } finally {
      this.open -= 1;
    }
  }
}
