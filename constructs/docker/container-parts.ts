import type { Volume } from "@cdktf/provider-docker/lib/volume";
import type { z } from "zod";
import type { hostNamespace, limits } from "./container-settings";

/** A container of whose program the engine learns only whether it runs, as its image has nothing to ask it with. */
export interface NoHealthCheck {
  /** Why. For the reader of the code; refused when empty. */
  readonly none: string;
}

/** How the engine learns whether the program in a container works. */
export interface HealthCheck {
  /**
   * The program and its arguments, without a shell. It must be in the image, and end with 0 when all is well. Refused
   * when empty.
   */
  readonly command: readonly string[];
  /**
   * Seconds between two checks, 1 or more.
   * @default 10
   */
  readonly intervalSeconds?: number;
  /**
   * Seconds after which a check counts as failed, 1 or more.
   * @default 5
   */
  readonly timeoutSeconds?: number;
  /**
   * Failed checks in a row that make the container unhealthy, 1 or more.
   * @default 3
   */
  readonly retries?: number;
  /**
   * Seconds after the start in which failed checks do not count, 0 or more.
   * @default 30
   */
  readonly startPeriodSeconds?: number;
}

/** What a container may use at most: memory in MiB, 6 or more, and CPUs, 0.01 or more. Refused otherwise. */
export type Limits = Readonly<z.infer<typeof limits>>;

/** A port of the container, published on the host. */
export interface PublishedPort {
  /** Port in the container, 1 to 65535. */
  readonly container: number;
  /** Port of the host, 1 to 65535. */
  readonly host: number;
  /**
   * IPv4 address of the host at which it is published.
   * @default "127.0.0.1" - reached from the host alone
   */
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
   * container's `user` must have the group 0; refused otherwise.
   * @default false - mode 0444
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
  /**
   * Whether what is mounted on the host below it later is seen, too.
   * @default false
   */
  readonly followsMounts?: boolean;
}

/** A folder of a container that is kept in memory and can be written to, though nothing in it can be run. */
export interface MemoryFolder {
  /** Absolute path in the container. */
  readonly path: string;
  /**
   * Most that it holds, in MiB, 1 or more, of the container's `limits.memoryMb`.
   * @default 64
   */
  readonly sizeMb?: number;
}

/** A namespace of the host that a container shares instead of having its own. */
export type HostNamespace = z.infer<typeof hostNamespace>;

/** An image that the engine builds. */
export interface ImageBuild {
  /** Name and version that the image gets, such as `my-service:local`. */
  readonly name: string;
  /** Folder that is sent to the engine, as Terraform reaches it from the stack's own folder. */
  readonly context: string;
  /**
   * Dockerfile, from the context.
   * @default "Dockerfile"
   */
  readonly dockerfile?: string;
  /**
   * Build arguments.
   * @default {}
   */
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
