/** What Prometheus answers, without a Prometheus. */
export interface RecordedAnswers {
  /**
   * The answer to a request.
   * @param path such as `/api/v1/query_range`
   * @param parameters of the address and of a form alike
   * @returns undefined where it was not recorded
   */
  answer(path: string, parameters: URLSearchParams): Promise<RecordedAnswer | undefined>;
}

/** An answer, as Prometheus gave it. */
export interface RecordedAnswer {
  readonly status: number;
  /** JSON. */
  readonly body: string;
}
