import { setTimeout as sleep } from "node:timers/promises";
import autocannon from "autocannon";

/** A request that is sent again and again. */
export interface Repeated {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: object;
}

/** What came back of a request. */
export interface Answered {
  /** 0 where nothing came. */
  readonly status: number;
  readonly milliseconds: number;
}

/** Sends requests at a steady rate, whether earlier ones are answered or not, until it is stopped. */
export class SteadyRequests {
  readonly answers: Answered[] = [];
  private readonly ending = new AbortController();
  private readonly done: Promise<void>;

  constructor(
    private readonly request: (index: number) => Repeated,
    perSecond: number,
  ) {
    this.done = this.run(1_000 / perSecond);
  }

  /** Sends no further one, and waits for the answers that are due. */
  async stop(): Promise<void> {
    this.ending.abort();
    await this.done;
  }

  private async run(intervalMs: number): Promise<void> {
    const underWay = new Set<Promise<void>>();
    const start = Date.now();
    for (let index = 0; !this.ending.signal.aborted; index += 1) {
      const sent = this.send(this.request(index));
      underWay.add(sent);
      void sent.finally(() => underWay.delete(sent));
      const wait = start + (index + 1) * intervalMs - Date.now();
      await sleep(Math.max(0, wait), undefined, { signal: this.ending.signal }).catch(() => undefined);
    }
    await Promise.all(underWay);
  }

  private async send({ url, method = "GET", headers, body }: Repeated): Promise<void> {
    const start = performance.now();
    const status = await fetch(url, {
      method,
      headers: { ...headers, ...(body && { "content-type": "application/json" }) },
      ...(body && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    }).then(
      async (response) => {
        await response.arrayBuffer();
        return response.status;
      },
      () => 0,
    );
    this.answers.push({ status, milliseconds: performance.now() - start });
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
