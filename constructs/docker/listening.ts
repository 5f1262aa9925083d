import { hostName } from "../../schema/primitives";
import type { Problems } from "../props-error";
import { loopback } from "./container-settings";

/** What a program takes that can answer on one of its networks alone. */
export interface ListeningProps {
  /**
   * Host at which it answers, besides its container's own loopback: an address that the container has, or a name that
   * leads to one, such as an alias on one of its networks. On its other networks it then cannot be asked.
   * @default - it answers at all its addresses
   */
  readonly listenHost?: string;
}

/** The addresses at which a program is told to listen, each with the port; none where it is told nothing. */
export function listenAddresses({ listenHost }: ListeningProps, ownPort: number): string[] {
  const hosts = listenHost === undefined ? [] : [listenHost, loopback];
  return hosts.map((host) => `${host}:${String(ownPort)}`);
}

/** Checks where a program is to listen. */
export function checkListening({ listenHost }: ListeningProps, problems: Problems): Problems {
  return problems.mayHold(hostName, "listenHost", listenHost);
}
