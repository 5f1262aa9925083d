import type { IncomingHttpHeaders } from "node:http";

/** Headers of one connection, which are not passed on (RFC 9110, section 7.6.1). */
const hopByHop = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** What the gateway sets itself. */
const replaced = new Set(["host", "content-length", "expect"]);

/** Headers as undici and Fastify take them. */
export type Headers = Record<string, string | string[]>;

/** Headers of a request as the service behind gets them, with where the request came from. */
export function requestHeaders(headers: IncomingHttpHeaders, from: { ip: string; host: string }): Headers {
  const passed = endToEnd(headers, replaced);
  const forwarded = passed["x-forwarded-for"];
  passed["x-forwarded-for"] = forwarded === undefined ? from.ip : `${String(forwarded)}, ${from.ip}`;
  passed["x-forwarded-host"] = from.host;
  passed["x-forwarded-proto"] = "http";
  return passed;
}

/** Headers of an answer as the client gets them. */
export function responseHeaders(headers: IncomingHttpHeaders): Headers {
  return endToEnd(headers, new Set());
}

function endToEnd(headers: IncomingHttpHeaders, except: ReadonlySet<string>): Headers {
  const named = String(headers.connection ?? "")
    .toLowerCase()
    .split(",")
    .map((name) => name.trim());
  const dropped = new Set([...hopByHop, ...named, ...except]);
  const passed: Headers = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !dropped.has(name)) passed[name] = value;
  }
  return passed;
}
