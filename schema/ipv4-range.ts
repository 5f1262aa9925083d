/** A range of IPv4 addresses: `start` as a number, and how many there are. */
export interface Ipv4Range {
  readonly start: number;
  readonly size: number;
}

/** The addresses of a network that no container gets: its own, the gateway's (the host) and the broadcast's. */
export const addressesOfTheNetwork = 3;

/** The range that the engine gives its own default bridge, unless its configuration says otherwise. */
export const defaultBridge = "172.17.0.0/16";

/** The number of an address such as `10.0.0.1`; undefined for what is none. */
export function ipv4Number(address: string): number | undefined {
  const octets = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(address)?.slice(1).map(Number);
  if (!octets || octets.some((octet) => octet > 255)) return undefined;
  return octets.reduce((number, octet) => number * 256 + octet, 0);
}

/** The range that `10.0.0.0/24` writes; undefined for what is none, and where it does not start at a multiple of its size. */
export function ipv4Range(cidr: string): Ipv4Range | undefined {
  const [, address = "", bits = ""] = /^([\d.]+)\/(\d{1,2})$/.exec(cidr) ?? [];
  const start = ipv4Number(address);
  if (start === undefined || Number(bits) > 32) return undefined;
  const size = 2 ** (32 - Number(bits));
  return start % size === 0 ? { start, size } : undefined;
}

/** Whether two ranges have an address in common. */
export function overlap(a: Ipv4Range, b: Ipv4Range): boolean {
  return a.start < b.start + b.size && b.start < a.start + a.size;
}
