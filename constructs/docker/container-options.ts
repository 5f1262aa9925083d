import type { ITerraformDependable } from "cdktf";
import type {
  ContainerFile,
  HealthCheck,
  HostNamespace,
  HostPath,
  ImageBuild,
  KeptCapability,
  Limits,
  MemoryFolder,
  MountedVolume,
  NoHealthCheck,
  PublishedPort,
} from "./container-parts";
import type { JoinedNetwork } from "./network-membership";

/** What a container is made of. */
export interface MonitoredContainerProps {
  /** Name of the container, and its DNS name on its networks. */
  readonly name: string;
  /** Image, pinned by a tag other than `latest` or by a digest (refused otherwise), or how it is built. */
  readonly image: string | ImageBuild;
  /**
   * Networks that the container is on, one or more, or none with the host's. The networks themselves, as the provider
   * needs their ids; one in a membership has further names or an address there. Of several, the engine publishes its
   * ports by way of the one whose name is first in the alphabet, of those that are not internal. Refused: an alias that
   * is no name, an address that is none.
   */
  readonly networks: readonly JoinedNetwork[];
  /**
   * Namespaces of the host that it shares; with `network` it is on no network and publishes no port, refused
   * otherwise.
   * @default []
   */
  readonly hostNamespaces?: readonly HostNamespace[];
  /** How the engine learns whether it works; the deployment waits for that. Refused: what `HealthCheck` says. */
  readonly healthCheck: HealthCheck | NoHealthCheck;
  /** Memory and CPU that it may use at most. */
  readonly limits: Limits;
  /**
   * What must be there before it starts, besides its networks and volumes.
   * @default []
   */
  readonly after?: readonly ITerraformDependable[];
  /**
   * User and group, such as `65534:0`.
   * @default - the image's own
   */
  readonly user?: string;
  /**
   * What is run, in place of the image's entry point: the program and its first arguments.
   * @default - the image's own
   */
  readonly entrypoint?: readonly string[];
  /**
   * Arguments of the entry point.
   * @default - the image's own
   */
  readonly command?: readonly string[];
  /**
   * Environment variables.
   * @default {} - none but the image's own
   */
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Ports that are published on the host.
   * @default [] - the container is reached on its networks alone
   */
  readonly ports?: readonly PublishedPort[];
  /**
   * Named volumes in it.
   * @default []
   */
  readonly volumes?: readonly MountedVolume[];
  /**
   * Files that are put into it.
   * @default []
   */
  readonly files?: readonly ContainerFile[];
  /**
   * What it sees of the host's own files.
   * @default []
   */
  readonly hostPaths?: readonly HostPath[];
  /**
   * Absolute paths of the host's devices that it may read.
   * @default []
   */
  readonly devices?: readonly string[];
  /**
   * Folders in memory. Refused: a file below one, which it would hide; a size below 1.
   * @default []
   */
  readonly tmpfs?: readonly MemoryFolder[];
  /**
   * Capabilities that it keeps.
   * @default [] - all are dropped
   */
  readonly capabilities?: readonly KeptCapability[];
  /**
   * Whether the image's file system can be written to. `false` together with `files` is refused, as the engine puts no
   * file into a read-only container.
   * @default - only where `files` are put into it
   */
  readonly writableRoot?: boolean;
}
