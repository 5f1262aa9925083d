import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { DockerEngine } from "./docker-engine";
import { findProgram } from "../../operations/find-program";

/** What an image is told beside its files: instructions of a Dockerfile such as `ENV PATH=/bin`. */
type Instructions = readonly string[];

/** The file system of an image that is made of programs of this machine, where no registry is reached. */
export class RootFolder {
  private readonly folder = mkdtempSync(join(tmpdir(), "image-"));

  /** With `/tmp` and the folders that Debian has. */
  constructor() {
    // As Debian has it since 2023: the old folders lead to those below /usr.
    for (const name of ["bin", "lib", "lib64"]) {
      mkdirSync(this.path(`usr/${name}`), { recursive: true });
      symlinkSync(`usr/${name}`, this.path(name));
    }
    mkdirSync(this.path("tmp"));
    chmodSync(this.path("tmp"), 0o1777);
  }

  /** Copies a program of this machine, by its name or path, with the libraries that it is linked with. */
  addProgram(name: string, to = `/usr/bin/${name}`): void {
    const from = programPath(name);
    this.copy(from, to);
    this.addLibrariesOf(from);
  }

  /** Copies the libraries that a program or library of this machine is linked with. */
  addLibrariesOf(program: string): void {
    for (const library of librariesOf(program)) {
      if (!existsSync(this.path(library))) this.copy(library, library);
    }
  }

  /**
   * Copies a file or folder of this machine.
   * @param isWanted which files and folders, by their names. Default: all
   */
  copy(from: string, to: string, isWanted: (name: string) => boolean = () => true): void {
    const start = realpathSync(from);
    cpSync(start, this.path(to), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => path === start || isWanted(basename(path)),
    });
  }

  write(to: string, text: string, mode = 0o644): void {
    mkdirSync(dirname(this.path(to)), { recursive: true });
    writeFileSync(this.path(to), text);
    chmodSync(this.path(to), mode);
  }

  link(to: string, from: string): void {
    mkdirSync(dirname(this.path(from)), { recursive: true });
    symlinkSync(to, this.path(from));
  }

  /** Makes a folder that belongs to a user and group. */
  addFolder(to: string, user = 0, group = 0): void {
    mkdirSync(this.path(to), { recursive: true });
    chownSync(this.path(to), user, group);
  }

  /** Makes an image of it, under each of the names, and removes the folder. */
  async import(engine: DockerEngine, names: readonly string[], instructions: Instructions): Promise<void> {
    const archive = `${this.folder}.tar`;
    try {
      execFileSync("tar", ["-C", this.folder, "--numeric-owner", "-cf", archive, "."]);
      const changes = instructions.flatMap((instruction) => ["--change", instruction]);
      const id = await engine.docker("import", ...changes, archive);
      for (const name of names) await engine.docker("tag", id, name);
    } finally {
      rmSync(archive, { force: true });
      rmSync(this.folder, { recursive: true, force: true });
    }
  }

  private path(inImage: string): string {
    return join(this.folder, inImage);
  }
}

/** Where a program of this machine is; an error where it is not. */
export function programPath(name: string): string {
  const path = findProgram(name);
  if (path === undefined) throw new Error(`There is no ${name} on the PATH.`);
  return realpathSync(path);
}

/** The libraries that a program is linked with, by the paths at which it looks for them; none of a static one. */
function librariesOf(path: string): string[] {
  try {
    const listed = execFileSync("ldd", [path], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    return [...listed.matchAll(/(\/\S+) \(0x/g)].flatMap(([, library]) => library ?? []);
  } catch {
    return [];
  }
}
