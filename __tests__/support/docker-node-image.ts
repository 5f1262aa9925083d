import { execFileSync } from "node:child_process";
import {
  chmodSync,
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
import { dirname, join } from "node:path";
import type { DockerEngine } from "./docker-engine";
import { findProgram } from "./require-program";

/** Name of the image that takes the place of Docker Hub's `node`. */
export const localNodeImage = `node-of-this-machine:${process.versions.node}`;

/** What of Debian's image the Dockerfile's steps use. */
const debianPrograms = ["sh", "env", "ls", "ln", "rm", "cat", "find", "id"];
const certificates = "/etc/ssl/certs/ca-certificates.crt";
const npmOptions = ["registry", "proxy", "https-proxy", "noproxy", "strict-ssl"];

/**
 * Makes an image of this machine's Node, npm and shell, with the libraries that they need and the user `node`, laid
 * out as Docker Hub's `node` is: a base for builds where no registry of images is reached. The machine's settings of
 * npm and its certificates are in it, so that `npm ci` in a build reaches what it reaches outside.
 */
export async function makeLocalNodeImage(engine: DockerEngine): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "node-image-"));
  try {
    const root = join(folder, "root");
    addPrograms(root);
    addNpm(root);
    addAccounts(root);
    const archive = join(folder, "image.tar");
    execFileSync("tar", ["-C", root, "--owner=0", "--group=0", "-cf", archive, "."]);
    const changes = ["ENV PATH=/usr/local/bin:/usr/bin:/bin", `ENV NODE_EXTRA_CA_CERTS=${certificates}`];
    await engine.docker(
      "import",
      ...changes.flatMap((change) => ["--change", change]),
      archive,
      localNodeImage,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function addPrograms(root: string): void {
  // As Debian has it since 2023: the old folders lead to those below /usr.
  for (const name of ["bin", "lib", "lib64"]) {
    mkdirSync(join(root, "usr", name), { recursive: true });
    symlinkSync(`usr/${name}`, join(root, name));
  }
  const programs = debianPrograms.map((name) => ({ from: program(name), to: `/usr/bin/${name}` }));
  const all = [...programs, { from: process.execPath, to: "/usr/local/bin/node" }];
  for (const { from, to } of all) copy(from, join(root, to));
  for (const library of new Set(all.flatMap(({ from }) => librariesOf(from))))
    copy(library, join(root, library));
}

/** The libraries that a program is linked with, by the paths at which it looks for them. */
function librariesOf(path: string): string[] {
  const listed = execFileSync("ldd", [path], { encoding: "utf8" });
  return [...listed.matchAll(/(\/\S+) \(0x/g)].flatMap(([, library]) => library ?? []);
}

function addNpm(root: string): void {
  const npm = dirname(dirname(realpathSync(program("npm"))));
  copy(npm, join(root, "usr/local/lib/node_modules/npm"));
  for (const name of ["npm", "npx"]) {
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(root, "usr/local/bin", name));
  }
  const listed = execFileSync("npm", ["config", "list", "--json"], { stdio: ["ignore", "pipe", "ignore"] });
  const configured = JSON.parse(listed.toString()) as Record<string, unknown>;
  const settings = npmOptions.flatMap((name) => {
    const value = configured[name];
    return ["string", "boolean"].includes(typeof value) && value !== "" ? [`${name}=${String(value)}`] : [];
  });
  const authorities = process.env.NODE_EXTRA_CA_CERTS ?? certificates;
  if (existsSync(authorities)) {
    copy(authorities, join(root, certificates));
    settings.push(`cafile=${certificates}`);
  }
  write(root, "usr/local/etc/npmrc", `${settings.join("\n")}\n`);
}

function addAccounts(root: string): void {
  write(root, "etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n");
  write(root, "etc/group", "root:x:0:\nnode:x:1000:\n");
  write(root, "etc/nsswitch.conf", "hosts: files dns\n");
  for (const folder of ["root", "home/node", "tmp"]) mkdirSync(join(root, folder), { recursive: true });
  chmodSync(join(root, "tmp"), 0o1777);
}

function program(name: string): string {
  const path = findProgram(name);
  if (path === undefined) throw new Error(`There is no ${name} on the PATH.`);
  return path;
}

function copy(from: string, to: string): void {
  cpSync(realpathSync(from), to, { recursive: true, verbatimSymlinks: true });
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}
