import type { Network } from "@cdktf/provider-docker/lib/network";
import { textThat } from "../../schema/primitives";
import { ipv4Number } from "../../schema/ipv4-range";
import type { Problems } from "../props-error";
import { containerName } from "./container-settings";

/** A network that a container is on, with what it has there alone. */
export interface NetworkMembership {
  /** The network itself: the provider needs its id. */
  readonly network: Network;
  /**
   * Names that lead to the container on this network alone. Its own name leads to it on each of its networks, so that
   * who shares two of them with it cannot tell by that name which of its addresses is meant.
   * @default []
   */
  readonly aliases?: readonly string[];
  /**
   * Its IPv4 address on the network, which must have a range that it is in.
   * @default - one that the engine picks
   */
  readonly address?: string;
}

/** A network that a container is on, with or without what it has there alone. */
export type JoinedNetwork = Network | NetworkMembership;

/** Address of a container on one of its networks. */
export const containerAddress = textThat(
  (value) => ipv4Number(value) !== undefined,
  `an IPv4 address such as "172.30.92.2"`,
);

/** The membership that a network stands for. */
export function membershipOf(joined: JoinedNetwork): NetworkMembership {
  return "network" in joined ? joined : { network: joined };
}

/** Checks what containers have on their networks. */
export function checkMemberships(networks: readonly JoinedNetwork[], problems: Problems): void {
  networks.map(membershipOf).forEach(({ aliases = [], address }, index) => {
    const prop = `networks[${String(index)}]`;
    problems.mayHold(containerAddress, `${prop}.address`, address);
    for (const alias of aliases) problems.holds(containerName, `${prop}.aliases`, alias);
  });
}
