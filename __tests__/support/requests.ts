import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";

/** A request that is sent again and again. */
export interface Repeated {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** Sends a request at a steady rate until it is stopped. */
export class SteadyRequests {
  /** Settles with the time, as Unix milliseconds, at which the first answer came. */
  readonly firstAnswer: Promise<number>;
  /** How many answers of each status came. */
  readonly statuses = new Map<number, number>();
  private readonly ending = new AbortController();
  private readonly done: Promise<void>;
  private tellFirst: (time: number) => void = () => undefined;

  constructor(
    private readonly request: Repeated,
    perSecond: number,
  ) {
    this.firstAnswer = new Promise((resolve) => (this.tellFirst = resolve));
    this.done = this.run(1_000 / perSecond);
  }

  /** Sends no further one, and waits for the answers that are due. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.done;
  }

  private async run(intervalMs: number): Promise<void> {
    const underWay = new Set<Promise<void>>();
    for (let next = Date.now(); !this.ending.signal.aborted;) {
      const sent = this.send();
      underWay.add(sent);
      void sent.finally(() => underWay.delete(sent));
      next += intervalMs;
      await sleep(Math.max(0, next - Date.now()), undefined, { signal: this.ending.signal }).catch(
        () => undefined,
      );
    }
    await Promise.all(underWay);
  }

  private async send(): Promise<void> {
    const { url, method = "GET", headers, body } = this.request;
    const response = await fetch(url, {
      method,
      headers: { ...headers, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    await response.arrayBuffer();
    this.statuses.set(response.status, (this.statuses.get(response.status) ?? 0) + 1);
    this.tellFirst(Date.now());
  }
}

/** Sends a request this often, as fast as the service answers. @throws Error when not all are answered */
export async function sendMany(
  { url, method = "GET", headers = {}, body }: Repeated,
  amount: number,
): Promise<void> {
  const result = await autocannon({
    url,
    method,
    headers: { ...headers, ...(body && { "content-type": "application/json" }) },
    ...(body && { body: JSON.stringify(body) }),
    amount,
    connections: Math.min(10, amount),
  });
  const answered = result["1xx"] + result["2xx"] + result["3xx"] + result["4xx"] + result["5xx"];
  if (answered !== amount) throw new Error(`${url}: ${String(answered)} of ${String(amount)} were answered.`);
}
