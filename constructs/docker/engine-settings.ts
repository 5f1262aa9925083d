import { z } from "zod";
import { defaultBridge, type Ipv4Range, ipv4Range, overlap } from "../../schema/ipv4-range";
import { isPort, textThat } from "../../schema/primitives";

/** Where an engine keeps its data, unless it is told another place. */
export const defaultDataRoot = "/var/lib/docker";

/** Where a Docker engine is, unless it is said: the socket of this machine's own. */
export const defaultEngine = "unix:///var/run/docker.sock";

function isEngine(value: string): boolean {
  const match =
    /^(?:unix:\/\/\/\S+|ssh:\/\/(?:[^\s@/]+@)?[^\s@/:]+(?::(\d+))?|tcp:\/\/[^\s@/:]+:(\d+))$/.exec(value);
  return match !== null && isPort(match[1] ?? match[2] ?? "22");
}

/** How what is made on an engine is named there. */
export const engineNames = z.enum(["prefixed", "plain"]);

/** Address of a Docker engine. */
export const engineAddress = textThat(
  isEngine,
  `a Docker host such as "${defaultEngine}" or "ssh://user@host:22", its port from 1 to 65535`,
);

const privateRanges = rangesOf("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");
const takenRanges = rangesOf(defaultBridge);

function rangesOf(...cidrs: readonly string[]): Ipv4Range[] {
  return cidrs.flatMap((cidr) => ipv4Range(cidr) ?? []);
}

function isPrivateSubnet(value: string): boolean {
  const range = ipv4Range(value);
  return (
    range !== undefined &&
    range.size >= 16 &&
    range.size <= 4096 &&
    privateRanges.some((each) => overlap(each, range)) &&
    !takenRanges.some((each) => overlap(each, range))
  );
}

/** Addresses of a network of the engine. */
export const privateSubnet = textThat(
  isPrivateSubnet,
  `a private IPv4 range of 16 to 4096 addresses that starts at a multiple of its size, such as "172.30.90.0/24", ` +
    `outside of ${defaultBridge}, which the engine's own bridge has`,
);

/** The first address of a network, which is the host's own. */
export function gatewayOf(subnet: string): string {
  return addressIn(subnet, 1);
}

/** An address of a network that a container can have: the `index`th after the host's own, from 0. */
export function containerAddressIn(subnet: string, index: number): string {
  return addressIn(subnet, 2 + index);
}

function addressIn(subnet: string, offset: number): string {
  const [first = "", second = "", third = "", fourth = ""] = subnet.split(/[./]/);
  return [first, second, third, Number(fourth) + offset].join(".");
}
