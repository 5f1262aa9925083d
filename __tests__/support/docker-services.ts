import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DockerEngine, DockerResult } from "./docker-engine";
import { localNodeImage } from "./docker-node-image";

const root = resolve(__dirname, "../..");

/** The programs that the services' image is made for: every folder of `services/` with a `main.ts`. */
export const imageNames: readonly string[] = readdirSync(join(root, "services")).filter((name) =>
  existsSync(join(root, "services", name, "main.ts")),
);

/** Builds the image of a service as users do, on the local base. */
export function buildServiceImage(engine: DockerEngine, service: string, tag: string): Promise<DockerResult> {
  // Predefined arguments of the builder: used while it builds, and not kept in the image.
  const proxies = ["HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "http_proxy", "https_proxy", "no_proxy"];
  const args = [
    `SERVICE=${service}`,
    `NODE_IMAGE=${localNodeImage}`,
    ...proxies.filter((name) => process.env[name]),
  ];
  return engine.tryDocker(
    // The engine has no default bridge, and the registry of packages may be reached from the host alone.
    ...["build", "--network", "host", "--file", join(root, "services/Dockerfile")],
    ...args.flatMap((arg) => ["--build-arg", arg]),
    ...["--tag", tag, root],
  );
}
