import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import type { DockerEngine } from "./docker-engine";
import { programPath, RootFolder } from "./docker-root-folder";

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
  const root = new RootFolder();
  for (const name of debianPrograms) root.addProgram(name);
  root.addProgram(process.execPath, "/usr/local/bin/node");
  addNpm(root);
  root.write("/etc/passwd", "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n");
  root.write("/etc/group", "root:x:0:\nnode:x:1000:\n");
  root.write("/etc/nsswitch.conf", "hosts: files dns\n");
  root.addFolder("/root");
  root.addFolder("/home/node", 1000, 1000);
  await root.import(
    engine,
    [localNodeImage],
    ["ENV PATH=/usr/local/bin:/usr/bin:/bin", `ENV NODE_EXTRA_CA_CERTS=${certificates}`],
  );
}

function addNpm(root: RootFolder): void {
  root.copy(dirname(dirname(programPath("npm"))), "/usr/local/lib/node_modules/npm");
  for (const name of ["npm", "npx"]) {
    root.link(`../lib/node_modules/npm/bin/${name}-cli.js`, `/usr/local/bin/${name}`);
  }
  const listed = execFileSync("npm", ["config", "list", "--json"], { stdio: ["ignore", "pipe", "ignore"] });
  const configured = JSON.parse(listed.toString()) as Record<string, unknown>;
  const settings = npmOptions.flatMap((name) => {
    const value = configured[name];
    return ["string", "boolean"].includes(typeof value) && value !== "" ? [`${name}=${String(value)}`] : [];
  });
  const authorities = process.env.NODE_EXTRA_CA_CERTS ?? certificates;
  if (existsSync(authorities)) {
    root.copy(authorities, certificates);
    settings.push(`cafile=${certificates}`);
  }
  root.write("/usr/local/etc/npmrc", `${settings.join("\n")}\n`);
}
