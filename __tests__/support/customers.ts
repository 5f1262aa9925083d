import { sendTraffic } from "../../services/traffic/traffic";

/** Customers of a running system, who come from the start until they are stopped, and may come again. */
export class Customers {
  private leaving = new AbortController();
  private gone: Promise<unknown> = Promise.resolve();

  /**
   * @param url where they come in
   * @param rate journeys that start each second
   */
  constructor(
    private readonly url: URL,
    private readonly rate: number,
  ) {
    this.start();
  }

  start(): void {
    this.leaving = new AbortController();
    const { url, rate } = this;
    this.gone = sendTraffic({
      url,
      rate,
      durationSeconds: 3_600,
      errors: 0,
      slow: 0,
      signal: this.leaving.signal,
    });
  }

  /** Lets no further one come, and waits for those that are there. */
  async stop(): Promise<void> {
    this.leaving.abort();
    await this.gone;
  }
}
