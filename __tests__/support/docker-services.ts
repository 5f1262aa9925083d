import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { DockerEngine, DockerResult } from "./docker-engine";

const root = resolve(__dirname, "../..");

/** The programs that the services' image is made for: every folder of `services/` with a `main.ts`. */
export const imageNames: readonly string[] = readdirSync(join(root, "services")).filter((name) =>
  existsSync(join(root, "services", name, "main.ts")),
);

/** Builds the image of a service as users do. */
export function buildServiceImage(engine: DockerEngine, service: string, tag: string): Promise<DockerResult> {
  return engine.tryDocker(
    ...["build", "--file", join(root, "services/Dockerfile"), "--build-arg", `SERVICE=${service}`],
    ...["--tag", tag, root],
  );
}
