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

/** What a client says of its trace, for a gateway that does not believe it. */
const traceContext = new Set(["traceparent", "tracestate", "baggage"]);

/** How the gateway names itself in `Via` (RFC 9110, section 7.6.3). */
const pseudonym = "api-gateway";

/** Where a request came from. */
export interface RequestOrigin {
  readonly ip: string;
  readonly host: string;
  readonly httpVersion: string;
}

/**
 * Headers of a request as the service behind gets them, with where the request came from.
 * @param trustsCaller whether what the client says of its trace is passed on
 */
export function requestHeaders(
  headers: IncomingHttpHeaders,
  { ip, host, httpVersion }: RequestOrigin,
  trustsCaller: boolean,
): Headers {
  const except = trustsCaller ? replaced : new Set([...replaced, ...traceContext]);
  const passed = endToEnd(headers, except);
  append(passed, "x-forwarded-for", ip);
  passed["x-forwarded-host"] = host;
  passed["x-forwarded-proto"] = "http";
  append(passed, "forwarded", `for=${forwardedNode(ip)};host=${JSON.stringify(host)};proto=http`);
  append(passed, "via", `${httpVersion} ${pseudonym}`);
  return passed;
}

/** Headers of an answer as the client gets them. @param httpVersion that of the service behind: `1.1` */
export function responseHeaders(headers: IncomingHttpHeaders, httpVersion = "1.1"): Headers {
  const passed = endToEnd(headers, new Set());
  append(passed, "via", `${httpVersion} ${pseudonym}`);
  return passed;
}

function append(headers: Headers, name: string, value: string): void {
  const before = headers[name];
  headers[name] = before === undefined ? value : `${String(before)}, ${value}`;
}

/** An address as `Forwarded` has it (RFC 7239, section 6). */
function forwardedNode(ip: string): string {
  return ip.includes(":") ? `"[${ip}]"` : ip;
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
