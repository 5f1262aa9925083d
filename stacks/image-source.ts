import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix } from "node:path";
import type { ImageBuild } from "../constructs/docker/container-parts";
import { terraformLiteral } from "../constructs/terraform-literal";
import type { Environment } from "../environments";

/** How the image of a service or the inbox is built, as its environment's file says. */
type Build = NonNullable<Environment["services"][number]["build"]>;

/** From a stack's own folder, where Terraform runs, to the root of the repository. */
const toRoot = "../../..";
/** What builds leave behind, which is no source. */
const ignored = new Set(["node_modules", "dist"]);

/** The image of a container: the pinned one, or how it is built from this repository. */
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
    args: Object.fromEntries(Object.entries(args).map(([arg, value]) => [arg, terraformLiteral(value)])),
    trigger: hashOf(context, sources),
  };
}

/** What builds of an environment's images name as a source and is not there: a line each, as `EnvironmentError` has them. */
export function missingSources({ name, services, edge, inbox }: Environment): string[] {
  const builds = [
    ...services.map(({ build }, index) => ({ path: `services[${String(index)}]`, build })),
    { path: "inbox", build: inbox?.build },
    { path: "edge", build: edge?.image === undefined ? edge?.build : undefined },
  ];
  return builds.flatMap(({ path, build }) =>
    (build?.sources ?? []).flatMap((source, index) =>
      build === undefined || existsSync(join(build.context, source))
        ? []
        : [
            `environments/${name}.ts: ${path}.build.sources[${String(index)}]: found ${JSON.stringify(source)}, ` +
              `allowed: a file or folder in "${build.context}"`,
          ],
    ),
  );
}

const hashes = new Map<string, string>();

/** A hash of the sources' paths and contents, the same on every machine. */
function hashOf(context: string, sources: readonly string[]): string {
  const key = JSON.stringify([process.cwd(), context, sources]);
  let hash = hashes.get(key);
  if (hash === undefined) {
    const digest = createHash("sha256");
    for (const file of sources.flatMap((source) => filesIn(context, source)).sort()) {
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
function filesIn(context: string, source: string): string[] {
  return statSync(join(context, source)).isFile() ? [source] : filesBelow(context, source);
}

function filesBelow(context: string, folder: string): string[] {
  return readdirSync(join(context, folder), { withFileTypes: true }).flatMap((entry) => {
    if (ignored.has(entry.name)) return [];
    const path = posix.join(folder, entry.name);
    // Of a link only the file system knows what it leads to.
    if (entry.isSymbolicLink()) return filesIn(context, path);
    return entry.isDirectory() ? filesBelow(context, path) : [path];
  });
}
