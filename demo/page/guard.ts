import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { foreignRequest } from "../../preview/server/same-site";

/** Why a request is not answered. */
export interface Refusal {
  readonly status: number;
  readonly message: string;
}

/** Header in which the page sends its token. */
export const tokenHeader = "x-demo-token";

/**
 * Why a request for the page or what is on it is refused: it comes from another site, or by a name that is not this
 * machine's own.
 * @param isPage whether it asks for a page, to which links from anywhere may lead
 */
export function refuseRead(request: IncomingMessage, isPage: boolean): Refusal | undefined {
  const message = foreignRequest(request, isPage);
  return message === undefined ? undefined : { status: 403, message };
}

/**
 * Why a request to change something is refused: only the page itself may send one.
 * @param token what the page holds, and other pages cannot read
 */
export function refuseChange(request: IncomingMessage, token: string): Refusal | undefined {
  const { method = "", headers } = request;
  const read = refuseRead(request, false);
  if (read) return read;
  if (method !== "POST") return { status: 405, message: `found the method ${method}, allowed: POST` };
  if (headers.origin === undefined)
    return { status: 403, message: "Origin: found none, allowed: the page's own" };
  const sent = headers[tokenHeader];
  if (typeof sent !== "string" || !isEqual(sent, token)) {
    const found = sent === undefined ? "none" : "another";
    return {
      status: 403,
      message: `${tokenHeader}: found ${found}, allowed: the page's; load the page again`,
    };
  }
  return undefined;
}

function isEqual(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
