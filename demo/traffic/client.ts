import { httpStatusCodeLabel } from "../../metrics/http";
import type { Tally } from "./tally";

/** What came back; status 0 where there was no answer. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** A request through the gateway. */
export interface Call {
  readonly method: "GET" | "POST";
  /** Path below the gateway, such as `/api/products/products`. */
  readonly path: string;
  readonly body?: object;
  readonly token?: string;
}

/** What is sent, how much of it is to fail or to be slow, and what came of it. */
export interface Sent {
  requests: number;
  unanswered: number;
  faultsAskedFor: number;
  serverErrors: number;
}

/** Sends requests through the gateway and counts them as the gateway does. */
export class GatewayClient {
  readonly sent: Sent = { requests: 0, unanswered: 0, faultsAskedFor: 0, serverErrors: 0 };

  /**
   * @param errors share of the requests that ask for a failure
   * @param slow share of the requests that ask for a slow answer
   */
  constructor(
    private readonly gateway: URL,
    private readonly tally: Tally,
    private readonly shares: { readonly errors: number; readonly slow: number },
    private readonly timeoutMs = 10_000,
  ) {}

  /** Sends a request. Never throws: no answer is an answer with status 0. */
  async send(call: Call): Promise<Answer> {
    const { method, path, body, token } = call;
    this.sent.requests += 1;
    try {
      const response = await fetch(new URL(path, this.gateway), {
        method,
        headers: {
          ...(body && { "content-type": "application/json" }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...this.fault(),
        },
        ...(body && { body: JSON.stringify(body) }),
        signal: AbortSignal.timeout(this.timeoutMs),
      });
      const text = await response.text();
      this.count(call, response.status);
      return { status: response.status, body: parseJson(text) };
    } catch {
      this.sent.unanswered += 1;
      return { status: 0, body: undefined };
    }
  }

  private fault(): Record<string, string> {
    const draw = Math.random();
    const { errors, slow } = this.shares;
    if (draw < errors) {
      this.sent.faultsAskedFor += 1;
      return { "x-fault": "error" };
    }
    return draw < errors + slow ? { "x-fault": "slow" } : {};
  }

  private count({ method, path }: Call, status: number): void {
    if (status >= 500) this.sent.serverErrors += 1;
    const prefix = path.split("/").slice(0, 3).join("/");
    const status_code = httpStatusCodeLabel(status);
    this.tally.add("api-gateway", "http_requests_total", { method, route: `${prefix}/*`, status_code });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
