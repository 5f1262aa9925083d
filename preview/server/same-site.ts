import type { IncomingMessage } from "node:http";

const loopbackNames: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * Why a request is refused that a page of another site may have made a browser send; undefined for one that is fine. A
 * name of somebody's that leads to the loopback address is another site.
 * @param isPage whether it asks for a page, to which links from anywhere may lead
 */
export function foreignRequest({ headers }: IncomingMessage, isPage: boolean): string | undefined {
  const { host = "", origin } = headers;
  if (!loopbackNames.has(host.replace(/:\d+$/, "").toLowerCase())) {
    return `Host: found "${host}", allowed: localhost, 127.0.0.1 or [::1], with any port.`;
  }
  if (origin !== undefined && origin.toLowerCase() !== `http://${host.toLowerCase()}`) {
    return `Origin: found "${origin}", allowed: http://${host}, which is this server's own.`;
  }
  const site = headers["sec-fetch-site"];
  if (!isPage && site !== undefined && site !== "same-origin" && site !== "none") {
    return `Sec-Fetch-Site: found "${String(site)}", allowed: same-origin.`;
  }
  return undefined;
}

/** Path and query of a request; those of `/` for one that is not of the usual form. */
export function urlOf({ url = "" }: IncomingMessage): URL {
  return new URL(url.startsWith("/") ? `http://localhost${url}` : "http://localhost/");
}
