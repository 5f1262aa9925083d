import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { DockerEngine } from "./docker-engine";
import { programPath, RootFolder } from "./docker-root-folder";

const root = resolve(__dirname, "../..");
const dockerfile = readFileSync(join(root, "services/Dockerfile"), "utf8");
/** Name of the base image that the services' Dockerfile names. On the tests' engine it is this machine's Node. */
export const baseImage = /^ARG NODE_IMAGE=(\S+)$/m.exec(dockerfile)?.[1] ?? "";

/** What of Debian's image the Dockerfile's steps use. */
const debianPrograms = ["sh", "env", "ls", "ln", "rm", "cat", "find", "id"];

/**
 * Makes the base image of this machine's Node, npm and shell, with the libraries that they need and the user `node`,
 * laid out as Docker Hub's `node` is. npm finds the packages of the services in its cache, so that a build needs no
 * network, and nothing of how this machine reaches the registry gets into an image.
 */
export async function makeBaseImage(engine: DockerEngine): Promise<void> {
  const base = new RootFolder();
  for (const name of debianPrograms) base.addProgram(name);
  base.addProgram(process.execPath, "/usr/local/bin/node");
  base.copy(dirname(dirname(programPath("npm"))), "/usr/local/lib/node_modules/npm");
  for (const name of ["npm", "npx"]) {
    base.link(`../lib/node_modules/npm/bin/${name}-cli.js`, `/usr/local/bin/${name}`);
  }
  base.write("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n");
  base.write("/etc/group", "root:x:0:\nnode:x:1000:\n");
  base.addFolder("/root");
  base.addFolder("/home/node", 1000, 1000);
  addPackages(base);
  await base.import(engine, [baseImage], ["ENV PATH=/usr/local/bin:/usr/bin:/bin"]);
}

/** Installs the packages of the services once, with this machine's npm, and keeps what that leaves in npm's cache. */
function addPackages(base: RootFolder): void {
  const folder = mkdtempSync(join(tmpdir(), "packages-"));
  try {
    for (const name of [
      "package.json",
      "package-lock.json",
      "services/package.json",
      "providers/grafana/package.json",
    ]) {
      cpSync(join(root, name), join(folder, name));
    }
    const npm = (...args: string[]) =>
      execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    const cache = join(folder, "cache");
    npm(
      "ci",
      "--ignore-scripts",
      "--workspace",
      "services",
      "--include-workspace-root=false",
      "--cache",
      cache,
    );
    base.copy(join(cache, "_cacache"), "/root/.npm/_cacache");
    const registry = npm("config", "get", "registry").trim();
    base.write("/usr/local/etc/npmrc", `registry=${registry}\noffline=true\nupdate-notifier=false\n`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
