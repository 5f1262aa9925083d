import { isIP } from "node:net";

/** A host and its port. */
export interface HostAndPort {
  readonly host: string;
  readonly port: string;
}

/** The parts of `host:port` or `[host]:port`, as Go's net.SplitHostPort reads them; undefined for what is none. */
export function splitHostPort(address: string): HostAndPort | undefined {
  const colon = address.lastIndexOf(":");
  if (colon === -1) return undefined;
  const [before, port] = [address.slice(0, colon), address.slice(colon + 1)];
  if (before.startsWith("[")) {
    const end = address.indexOf("]");
    const host = address.slice(1, end);
    return end !== colon - 1 || /[[\]]/.test(host + port) ? undefined : { host, port };
  }
  return /[:[\]]/.test(before) || /[[\]]/.test(port) ? undefined : { host: before, port };
}

/** `host:port`, with brackets around what holds a colon. */
export function joinHostPort(host: string, port: string): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

/** Whether a text is an address of IPv4 or IPv6 without a zone. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes("%");
}
