import { httpUrl, port } from "../../schema/primitives";
import { Problems } from "../props-error";
import type { Limits } from "./container-parts";
import { containerName, limits, pinnedImage, publishAddress } from "./container-settings";
import type { JoinedNetwork } from "./network-membership";

/** What every program of the monitoring takes. */
export interface ProgramProps {
  /** Image, pinned by a tag other than `latest` or by a digest; refused otherwise. */
  readonly image: string;
  /** Memory and CPU that it may use at most. */
  readonly limits: Limits;
  /**
   * Name of the container on its networks.
   * @default - the program's own name
   */
  readonly name?: string;
}

/** What a program takes that is asked on networks. */
export interface NetworkedProgramProps extends ProgramProps {
  /** Networks that it is on, one or more: those of whom it asks and who asks it. */
  readonly networks: readonly JoinedNetwork[];
}

/** What a program takes that is published on the host. */
export interface PublishedProgramProps extends NetworkedProgramProps {
  /** Port of the host at which it is published, 1 to 65535. */
  readonly hostPort: number;
  /**
   * IPv4 address of the host at which it is published.
   * @default "127.0.0.1" - reached from the host alone
   */
  readonly publishOn?: string;
}

/** What every server of the monitoring takes that people open. Its data is in the volume `<name>-data`. */
export interface ServerProps extends PublishedProgramProps {
  /** `http://` or `https://` URL at which people reach it; the links that it sends start with it. */
  readonly externalUrl: string;
}

/** What is wrong with the props of a program. */
export function checkProgram(props: ProgramProps): Problems {
  return new Problems()
    .mayHold(containerName, "name", props.name)
    .holds(pinnedImage, "image", props.image)
    .holds(limits, "limits", props.limits);
}

/** What is wrong with the props of a program that is asked on networks. */
export function checkNetworkedProgram(props: NetworkedProgramProps): Problems {
  return checkProgram(props).expect(props.networks.length > 0, "networks", [], "one network or more");
}

/** What is wrong with the props of a program that is published on the host. */
export function checkPublishedProgram(props: PublishedProgramProps): Problems {
  return checkNetworkedProgram(props)
    .holds(port, "hostPort", props.hostPort)
    .mayHold(publishAddress, "publishOn", props.publishOn);
}

/** What is wrong with the props of a server that people open. */
export function checkServer(props: ServerProps): Problems {
  return checkPublishedProgram(props).holds(httpUrl, "externalUrl", props.externalUrl);
}
