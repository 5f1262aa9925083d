import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../../operations/find-program";

/** Few machines have one of this type of their own, so that a test can tell it from theirs. */
const type = "ext2";

/** Why none can be made here, as a sentence; empty when it can. */
export function noSmallFileSystem(): string {
  if (findProgram("mkfs.ext2") === undefined) {
    return "There is no mkfs.ext2 on the PATH. On Debian: apt-get install e2fsprogs.";
  }
  try {
    new SmallFileSystem().unmount();
    return "";
  } catch (error) {
    return `A file system in a file cannot be mounted here, as root can with loop devices: ${String(error)}`;
  }
}

/** A file system of 16 MB in a file, mounted below a temporary folder. */
export class SmallFileSystem {
  readonly mountpoint: string;
  private readonly folder = mkdtempSync(join(tmpdir(), "file-system-"));
  private readonly filler: string;

  constructor() {
    const image = join(this.folder, "small.img");
    this.mountpoint = join(this.folder, "small");
    this.filler = join(this.mountpoint, "filler");
    writeFileSync(image, "");
    truncateSync(image, 16 * 1024 * 1024);
    // Without the share of the space that is kept for root.
    execFileSync("mkfs.ext2", ["-q", "-m", "0", image]);
    mkdirSync(this.mountpoint);
    execFileSync("mount", ["-t", type, "-o", "loop", image, this.mountpoint]);
  }

  /** Fills it until this share of its space is used. */
  fill(share: number): void {
    const { blocks, bavail, bsize } = statfsSync(this.mountpoint);
    const used = blocks - bavail;
    writeFileSync(this.filler, Buffer.alloc(Math.round((share * blocks - used) * bsize)));
  }

  /** Gives the space back. */
  empty(): void {
    rmSync(this.filler, { force: true });
  }

  unmount(): void {
    execFileSync("umount", [this.mountpoint]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}
