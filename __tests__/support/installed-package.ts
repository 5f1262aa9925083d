import { type ChildProcessByStdio, spawn, spawnSync } from "node:child_process";
import { copyFileSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { rangesOf } from "../../review/package/dependencies";
import { parts } from "../../review/package/entry-points";
import { stepsBelow } from "./document-steps";
import type { Ended } from "./project-copy";

const root = resolve(__dirname, "../..");
/** 400 MB, of which one of the tests loads a few files: it is linked. */
const linked = "@cdktf/provider-aws";

/** What npm is told besides. */
const ofNpm = {
  npm_config_ignore_scripts: "true",
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_prefer_offline: "true",
};

/** An empty project in which the package is installed. */
export class PackageUser {
  constructor(private readonly folder: string) {}

  /** Installs the tarball, what its parts need of others and a compiler, in the versions that this repository pins. */
  install(tarball: string): void {
    this.begin();
    const names = [...parts.flatMap(({ needs }) => needs), "typescript", "@types/node", "@types/express"];
    const pinned = Object.entries(rangesOf([...new Set(names)], root))
      .filter(([name]) => name !== linked)
      .map(([name, range]) => `${name}@${range.replace(/^[~^]/, "")}`);
    const { status, stderr } = this.run("npm", ["install", tarball, ...pinned], ofNpm);
    if (status !== 0) throw new Error(`npm install failed:\n${stderr}`);
    symlinkSync(join(root, "node_modules", linked), join(this.folder, "node_modules", linked));
  }

  /** Installs the tarball and what else a document says, by its commands as they are there. */
  installAsTold(tarball: string, commands: string): void {
    this.begin();
    copyFileSync(tarball, join(this.folder, basename(tarball)));
    this.follow(commands);
  }

  /** Runs commands that a document or a message tells. */
  follow(commands: string): void {
    const { status, stderr } = this.run("sh", ["-ec", commands], ofNpm);
    if (status !== 0) throw new Error(`${commands}:\n${stderr}`);
  }

  /** Writes what `docs/package.md` tells its reader to write. */
  writeExample(): void {
    const document = readFileSync(join(root, "docs/package.md"), "utf8");
    for (const { what, block } of stepsBelow("## A stack and a service", document)) this.write(what, block);
  }

  private begin(): void {
    this.write("package.json", JSON.stringify({ name: "package-user", private: true }));
    const compilerOptions = {
      module: "node16",
      target: "es2022",
      strict: true,
      types: ["node"],
      outDir: "out",
    };
    this.write("tsconfig.json", JSON.stringify({ compilerOptions, include: ["*.ts", "*.mts"] }));
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  path(file: string): string {
    return join(this.folder, file);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  /** Runs a program in the project's folder, and waits for its end. */
  run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Ended {
    return spawnSync(command, args, {
      cwd: this.folder,
      encoding: "utf8",
      env: { ...process.env, CHECKPOINT_DISABLE: "1", ...env },
      timeout: 600_000,
    });
  }

  /** Starts a script with Node. */
  start(script: string, env: Readonly<Record<string, string>>): ChildProcessByStdio<null, Readable, null> {
    return spawn(process.execPath, [script], {
      cwd: this.folder,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
  }

  /** What is loaded when some modules of the package are: names of packages, and the package's own files. */
  loadedBy(modules: readonly string[]): readonly string[] {
    const script = `
      for (const name of ${JSON.stringify(modules)}) require("microservices-monitoring/" + name);
      const loaded = Object.keys(require.cache).map((path) => {
        const [, name, file] = /^.*node_modules\\/((?:@[^/]+\\/)?[^/]+)\\/(.*)$/.exec(path) ?? [];
        return name === "microservices-monitoring" ? file : name;
      });
      console.log(JSON.stringify([...new Set(loaded)]));`;
    const { status, stdout, stderr } = this.run(process.execPath, ["--preserve-symlinks", "--eval", script]);
    if (status !== 0) throw new Error(stderr);
    return JSON.parse(stdout) as readonly string[];
  }
}
