import { httpStatusCodeLabel } from "../../metrics/http";
import type { ServiceProgram } from "../programs";
import type { Sent } from "../customers/customers";
import type { Disturbance } from "../customers/disturbance";
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

/** Its multiples, less their whole parts, are spread evenly between 0 and 1, however few they are. */
const goldenRatio = (Math.sqrt(5) - 1) / 2;

/** Sends requests through the gateway and counts them as the gateway does. */
export class GatewayClient {
  /** How many requests each service was sent while something goes wrong with them. */
  private readonly disturbed = new Map<ServiceProgram, number>();
  readonly sent: Sent = { requests: 0, unanswered: 0, faultsAskedFor: 0, serverErrors: 0 };

  /**
   * @param errors share of the requests that ask for a failure
   * @param slow share of the requests that ask for a slow answer
   * @param disturbance what goes wrong besides
   */
  constructor(
    private readonly gateway: URL,
    private readonly tally: Tally,
    private readonly shares: { readonly errors: number; readonly slow: number },
    private readonly disturbance: Disturbance,
    private readonly timeoutMs = 10_000,
  ) {}

  /** Sends a request to a service behind the gateway. Never throws: no answer is an answer with status 0. */
  async send(service: ServiceProgram, call: Call): Promise<Answer> {
    const { method, path, body, token } = call;
    this.sent.requests += 1;
    try {
      const response = await fetch(new URL(path, this.gateway), {
        method,
        headers: {
          ...(body && { "content-type": "application/json" }),
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...this.fault(service),
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

  private fault(service: ServiceProgram): Record<string, string> {
    const draw = Math.random();
    const { errors, slow } = this.shares;
    if (draw < errors) return this.failure();
    if (draw < errors + slow) return { "x-fault": "slow" };
    const { errors: failing, slow: slowed, slowMs } = this.disturbance.of(service);
    if (failing + slowed === 0) return {};
    const count = (this.disturbed.get(service) ?? 0) + 1;
    this.disturbed.set(service, count);
    const evenly = (count * goldenRatio) % 1;
    if (evenly < failing) return this.failure();
    return evenly < failing + slowed ? { "x-fault": `slow=${String(slowMs)}` } : {};
  }

  private failure(): Record<string, string> {
    this.sent.faultsAskedFor += 1;
    return { "x-fault": "error" };
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
