import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import type { ImageBuild } from "../constructs/docker/container-options";
import type { Environment } from "../environments";

/** How the image of a service or the inbox is built, as its environment's file says. */
type Build = NonNullable<Environment["services"][number]["build"]>;

/** From a stack's own folder, where Terraform runs, to the root of the repository. */
const toRoot = "../../..";
/** What builds leave behind, which is no source. */
const ignored = new Set(["node_modules", "dist"]);

/**
 * The image of a container: the pinned one, or how it is built from this repository.
 * @throws Error that names a source of the build that is not there
 */
export function imageSource(
  name: string,
  environment: string,
  { image, build }: { readonly image?: string; readonly build?: Build },
): string | ImageBuild | undefined {
  if (image !== undefined || !build) return image;
  const { context, dockerfile, args, sources } = build;
  return {
    name: `${name}:${environment}`,
    context: posix.join(toRoot, context),
    dockerfile,
    args,
    trigger: hashOf(name, context, sources),
  };
}

const hashes = new Map<string, string>();

/** A hash of the sources' paths and contents, the same on every machine. */
function hashOf(name: string, context: string, sources: readonly string[]): string {
  const key = JSON.stringify([process.cwd(), context, sources]);
  let hash = hashes.get(key);
  if (hash === undefined) {
    const digest = createHash("sha256");
    for (const file of sources.flatMap((source) => filesIn(name, context, source)).sort()) {
      digest
        .update(`${file}\0`)
        .update(readFileSync(join(context, file)))
        .update("\0");
    }
    hash = digest.digest("hex");
    hashes.set(key, hash);
  }
  return hash;
}

/** Paths of files, from the context, with slashes. */
function filesIn(name: string, context: string, source: string): string[] {
  const status = statSync(join(context, source), { throwIfNoEntry: false });
  if (!status) {
    throw new Error(
      `${name}: build.sources has "${source}", but there is no such file or folder in "${context}".`,
    );
  }
  if (status.isFile()) return [source];
  return readdirSync(join(context, source))
    .filter((entry) => !ignored.has(entry))
    .flatMap((entry) => filesIn(name, context, posix.join(source, entry)));
}
