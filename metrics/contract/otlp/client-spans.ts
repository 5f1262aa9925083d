import { didYouMean } from "../../describe";
import type { Attributes } from "./attributes";
import { isOfHttp, problemsOfHttp, type SpanFacts, type SpanProblem } from "./http-attributes";

/**
 * What keeps a call from being counted by caller and callee: the metrics of calls between services are made of clients'
 * spans with `peer.service`, and their status.
 * @param services names of all services
 */
export function problemsOfClientSpan(span: SpanFacts, services: readonly string[]): readonly SpanProblem[] {
  const { attributes } = span;
  const peer = attributes.get("peer.service");
  const ofHttp = isOfHttp(attributes) ? problemsOfHttp(span) : [];
  if (peer !== undefined && peer !== "") {
    if (services.includes(peer)) return ofHttp;
    const problem = `have peer.service=${JSON.stringify(peer)}, which no service of the catalogue is called`;
    return [{ kind: "peer", problem: `${problem}${didYouMean(peer, services)}` }, ...ofHttp];
  }
  if (!isOfService(attributes, services)) return [];
  const newer = attributes.has("service.peer.name") ? "have service.peer.name in place of" : "lack";
  return [{ kind: "peer", problem: `${newer} peer.service, by which calls are counted` }, ...ofHttp];
}

/** Whether a call is likely one of another service: of HTTP or RPC, to an address of one's own network. */
function isOfService(attributes: Attributes, services: readonly string[]): boolean {
  const names = [...attributes.keys()];
  if (names.some((name) => /^(db|messaging)\./.test(name))) return false;
  if (!isOfHttp(attributes) && !names.some((name) => name.startsWith("rpc."))) return false;
  const host = hostOf(attributes);
  return host !== undefined && isInside(host, services);
}

function hostOf(attributes: Attributes): string | undefined {
  const address = attributes.get("server.address") ?? attributes.get("net.peer.name");
  if (address !== undefined && address !== "") return address.toLowerCase().replace(/^\[|\]$/g, "");
  const url = attributes.get("url.full") ?? attributes.get("http.url") ?? "";
  return URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, "") : undefined;
}

/** Private addresses (RFC 1918, RFC 4193), this machine's, and names that no public DNS has. */
const inside: readonly RegExp[] = [
  /^(127|10)\.\d+\.\d+\.\d+$/,
  /^192\.168\.\d+\.\d+$/,
  /^172\.(1[6-9]|2\d|3[01])\.\d+\.\d+$/,
  /^(::1$|f[cd][0-9a-f]{2}:)/,
  /^[^.:]+$/,
  /\.(local|localhost|internal|svc)$/,
];

function isInside(host: string, services: readonly string[]): boolean {
  return inside.some((pattern) => pattern.test(host)) || services.includes(host.replace(/\..*$/, ""));
}
