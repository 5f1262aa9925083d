import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Why a request is not answered. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** Header in which the page sends its token. */
export const tokenHeader = "x-demo-token";

const loopbackNames = ["127.0.0.1", "localhost", "[::1]"];

/**
 * Whether a request may be answered: only under a name of the loopback address, so that no other site's name leads here.
 * @param port at which this server listens
 */
export function refuseRead({ headers }: IncomingMessage, port: number): Refusal | undefined {
  const allowed = loopbackNames.map((name) => `${name}:${String(port)}`);
  const { host = "" } = headers;
  return allowed.includes(host)
    ? undefined
    : { status: 421, message: `Host: found "${host}", allowed: ${allowed.join(", ")}` };
}

/**
 * Whether a request may change something: only one that this server's own page sends.
 * @param token what the page holds and other pages cannot read
 */
export function refuseChange(request: IncomingMessage, port: number, token: string): Refusal | undefined {
  const { method = "", headers } = request;
  const { origin = "none", host = "" } = headers;
  const read = refuseRead(request, port);
  if (read) return read;
  if (method !== "POST") return { status: 405, message: `found the method ${method}, allowed: POST` };
  if (origin !== `http://${host}`) {
    return { status: 403, message: `Origin: found "${origin}", allowed: the page's own, http://${host}` };
  }
  const sent = headers[tokenHeader];
  if (typeof sent !== "string" || !isEqual(sent, token)) {
    return {
      status: 403,
      message: `${tokenHeader}: found another token than the page's; load the page again.`,
    };
  }
  return undefined;
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
