import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../../operations/find-program";

/** Few machines have one of this type of their own, so that a test can tell it from theirs. */
const type = "ext2";

/** Why none can be made here, as a sentence; empty when it can. */
export function noSmallFileSystem(): string {
  const made = makeSmallFileSystem();
  if (typeof made === "string") return made;
  made.unmount();
  return "";
}

/**
 * A small file system, or why there can be none, as a sentence with what to do.
 * @param parent folder in which it is made. Default: that of temporary files
 */
export function makeSmallFileSystem(parent = tmpdir()): SmallFileSystem | string {
  if (process.getuid?.() !== 0) return "Only root can mount a file system of its own: run this as root.";
  if (findProgram("mkfs.ext2") === undefined) {
    return "There is no mkfs.ext2 on the PATH. On Debian: apt-get install e2fsprogs.";
  }
  try {
    return new SmallFileSystem(parent);
  } catch (error) {
    const reason = error instanceof Error ? error.message.trim().split("\n").at(-1) : String(error);
    return `A file system in a file cannot be mounted here, as root can with loop devices: ${String(reason)}`;
  }
}

/** A file system of 16 MB in a file, mounted below a folder. */
export class SmallFileSystem {
  readonly mountpoint: string;
  private readonly folder: string;
  private readonly filler: string;

  /** @param parent folder in which it is made. Default: that of temporary files */
  constructor(parent = tmpdir()) {
    this.folder = mkdtempSync(join(parent, "file-system-"));
    const image = join(this.folder, "small.img");
    this.mountpoint = join(this.folder, "small");
    this.filler = join(this.mountpoint, "filler");
    try {
      writeFileSync(image, "");
      truncateSync(image, 16 * 1024 * 1024);
      // Without the share of the space that is kept for root.
      run("mkfs.ext2", ["-q", "-m", "0", image]);
      mkdirSync(this.mountpoint);
      run("mount", ["-t", type, "-o", "loop", image, this.mountpoint]);
    } catch (error) {
      rmSync(this.folder, { recursive: true, force: true });
      throw error;
    }
  }

  /** Fills it until this share of its space is used. */
  fill(share: number): void {
    const { blocks, bavail, bsize } = statfsSync(this.mountpoint);
    const used = blocks - bavail;
    writeFileSync(this.filler, Buffer.alloc(Math.max(0, Math.round((share * blocks - used) * bsize))));
  }

  /** Gives the space back. */
  empty(): void {
    rmSync(this.filler, { force: true });
  }

  unmount(): void {
    run("umount", [this.mountpoint]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function run(program: string, args: readonly string[]): void {
  execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"] });
}
