import type { Network } from "@cdktf/provider-docker/lib/network";
import type { Volume } from "@cdktf/provider-docker/lib/volume";
import type { ITerraformDependable } from "cdktf";

/** How the engine learns whether the program in a container works. */
export interface HealthCheck {
  /**
   * The program and its arguments, without a shell. It must be in the image, and end with 0 when all is well. Refused
   * when empty.
   */
  readonly command: readonly string[];
  /** Seconds between two checks, 1 or more. Default 10. */
  readonly intervalSeconds?: number;
  /** Seconds after which a check counts as failed, 1 or more. Default 5. */
  readonly timeoutSeconds?: number;
  /** Failed checks in a row that make the container unhealthy, 1 or more. Default 3. */
  readonly retries?: number;
  /** Seconds after the start in which failed checks do not count, 0 or more. Default 30. */
  readonly startPeriodSeconds?: number;
}

/** What a container may use at most. */
export interface Limits {
  /** Memory in MiB, 6 or more (the engine's own minimum). */
  readonly memoryMb: number;
  /** CPUs, 0.01 or more: 0.5 is half of one. */
  readonly cpus: number;
}

/** A port of the container, published on the host. */
export interface PublishedPort {
  /** Port in the container, 1 to 65535. */
  readonly container: number;
  /** Port of the host, 1 to 65535. */
  readonly host: number;
  /** Address of the host at which it is published. Default 127.0.0.1: reached from the host alone. */
  readonly address?: string;
}

/** A file that is put into the container when it is made. A change of it replaces the container. */
export interface ContainerFile {
  /** Absolute path in the container, not below a tmpfs (it would be hidden). */
  readonly path: string;
  /** What is in it: a text, or a sensitive variable's value. */
  readonly content: string;
  /**
   * Whether only the container's own user may read it. The file belongs to root with group root and mode 0440, so the
   * container's `user` must have the group 0; refused otherwise. Default false: mode 0444.
   */
  readonly secret?: boolean;
}

/** A named volume in the container. It outlives a replaced container. */
export interface MountedVolume {
  /** The volume itself: its name is taken from it. */
  readonly volume: Volume;
  /** Absolute path in the container. */
  readonly path: string;
}

/** A folder or file of the host that the container sees and cannot change. */
export interface HostPath {
  /** Absolute path on the host. */
  readonly host: string;
  /** Absolute path in the container. */
  readonly path: string;
  /** Whether what is mounted on the host below it later is seen, too. Default false. */
  readonly followsMounts?: boolean;
}

/** A folder of a container that is kept in memory and can be written to, though nothing in it can be run. */
export interface MemoryFolder {
  /** Absolute path in the container. */
  readonly path: string;
  /** Most that it holds, in MiB, 1 or more, of the container's `limits.memoryMb`. Default 64. */
  readonly sizeMb?: number;
}

/** A namespace of the host that a container shares instead of having its own. */
export type HostNamespace = "network" | "pid";

/** An image that the engine builds. */
export interface ImageBuild {
  /** Name and version that the image gets, such as `order-service:local`. */
  readonly name: string;
  /** Folder that is sent to the engine, as Terraform reaches it from the stack's own folder. */
  readonly context: string;
  /** Dockerfile, from the context. Default `Dockerfile`. */
  readonly dockerfile?: string;
  /** Build arguments. Default: none. */
  readonly args?: Readonly<Record<string, string>>;
  /** A text that changes when the image must be built again, such as a hash of its sources. */
  readonly trigger: string;
}

/** A capability that the container keeps. All others are dropped. */
export interface KeptCapability {
  /** In the kernel's spelling, such as `CAP_NET_BIND_SERVICE`; without `CAP_` it is refused. */
  readonly name: `CAP_${string}`;
  /** Why the program needs it. For the reader of the code; refused when empty. */
  readonly reason: string;
}

/** What a container is made of. */
export interface MonitoredContainerProps {
  /** Name of the container, and its DNS name on its networks. */
  readonly name: string;
  /** Image, pinned by a tag other than `latest` or by a digest (refused otherwise), or how it is built. */
  readonly image: string | ImageBuild;
  /**
   * Networks that the container is on, one or more, or none with the host's. The networks themselves: the provider
   * needs their ids.
   */
  readonly networks: readonly Network[];
  /**
   * Namespaces of the host that it shares; with `network` it is on no network and publishes no port, refused
   * otherwise. Default: none.
   */
  readonly hostNamespaces?: readonly HostNamespace[];
  /** How the engine learns whether it works; the deployment waits for that. Refused: what `HealthCheck` says. */
  readonly healthCheck: HealthCheck;
  /** Memory and CPU that it may use at most. Refused: less than 6 MiB, less than 0.01 CPU. */
  readonly limits: Limits;
  /** What must be there before it starts, besides its networks and volumes. Default: nothing. */
  readonly after?: readonly ITerraformDependable[];
  /** User and group, such as `65534:0`. Default: the image's own. */
  readonly user?: string;
  /** Arguments of the image's entry point. Default: the image's own. */
  readonly command?: readonly string[];
  /** Environment variables. Default: none but the image's own. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: none; the container is reached on its networks alone. */
  readonly ports?: readonly PublishedPort[];
  /** Default: none. */
  readonly volumes?: readonly MountedVolume[];
  /** Default: none. */
  readonly files?: readonly ContainerFile[];
  /** What it sees of the host's own files. Default: nothing. */
  readonly hostPaths?: readonly HostPath[];
  /** Absolute paths of the host's devices that it may read. Default: none. */
  readonly devices?: readonly string[];
  /** Folders in memory. Default: none. Refused: a file below one, which it would hide; a size below 1. */
  readonly tmpfs?: readonly MemoryFolder[];
  /** Default: none, all capabilities are dropped. */
  readonly capabilities?: readonly KeptCapability[];
  /**
   * Whether the image's file system can be written to. Default: only where `files` are put into it, as the engine
   * refuses to put a file into a read-only one. `false` together with `files` is refused.
   */
  readonly writableRoot?: boolean;
}

/** What every program of the monitoring takes. */
export interface ProgramProps {
  /** Image, pinned. */
  readonly image: string;
  /** Memory and CPU that it may use at most. Refused: less than 6 MiB, less than 0.01 CPU. */
  readonly limits: Limits;
  /** Name of the container on its networks. Default: the program's own name. */
  readonly name?: string;
}

/** What a program takes that is published on the host. */
export interface PublishedProgramProps extends ProgramProps {
  /** Networks that it is on: those of whom it asks and who asks it. */
  readonly networks: readonly Network[];
  /** Port of the host at which it is published, 1 to 65535. */
  readonly hostPort: number;
  /** Address of the host at which it is published. Default 127.0.0.1. */
  readonly publishOn?: string;
}

/** What every server of the monitoring takes that people open. Its data is in the volume `<name>-data`. */
export interface ServerProps extends PublishedProgramProps {
  /** URL at which people reach it; the links that it sends start with it. */
  readonly externalUrl: string;
}
