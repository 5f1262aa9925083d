import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { installedPackages, isInstalled } from "./installed-packages";
import { withLock } from "./lock";
import { previewFolder } from "./places";
import { npmCauses, runTool } from "./run-tool";
import { filesBelow, hashOfFiles } from "./sources-hash";

/** What there is of the page: its packages and its build. */
export type PreviewState = "ready" | "not-installed" | "not-built";

/** How far an installation is. */
export interface Progress {
  readonly step: "waiting" | "installing" | "building";
  /** How many of the packages are there, while they are installed. */
  readonly packages?: { readonly done: number; readonly all: number };
}

/** What the build is made of. */
const sources = ["package.json", "package-lock.json", "tsconfig.json", "vite.config.ts", "page"];
const tick = 1_000;

/** Whether the page can be served as its sources are now. Looks at files alone. */
export function previewState(folder = previewFolder): PreviewState {
  const dist = join(folder, "dist");
  const isBuilt = existsSync(join(dist, "index.html")) && builtOf(dist) === sourcesHash(folder);
  if (isBuilt) return "ready";
  return isInstalled(folder) ? "not-built" : "not-installed";
}

/**
 * Installs and builds what is missing. What an interrupted call left is made anew by the next; two at once wait for each
 * other.
 * @param onProgress is told of each step, and of the packages each second
 * @throws Error that names the cause and the next step; the last build stays as it was then
 */
export async function ensurePreview(
  onProgress: (progress: Progress) => void,
  folder = previewFolder,
): Promise<void> {
  if (previewState(folder) === "ready") return;
  const waiting = () => {
    onProgress({ step: "waiting" });
  };
  await withLock(join(folder, "node_modules.lock"), waiting, async () => {
    if (previewState(folder) === "not-installed") await install(folder, onProgress);
    if (previewState(folder) === "not-built") await build(folder, onProgress);
  });
}

async function install(folder: string, onProgress: (progress: Progress) => void): Promise<void> {
  const tell = () => {
    onProgress({ step: "installing", packages: installedPackages(folder) });
  };
  tell();
  const timer = setInterval(tell, tick);
  try {
    // It removes what is there first, so that nothing half-written stays.
    await runTool("npm", ["ci", "--no-audit", "--loglevel=error"], folder, {
      failed: "The preview's packages were not installed",
      causes: npmCauses,
    });
  } finally {
    clearInterval(timer);
  }
}

/** Builds into a folder of its own, which takes the place of the last build when it is whole. */
async function build(folder: string, onProgress: (progress: Progress) => void): Promise<void> {
  onProgress({ step: "building" });
  refuseOldNode(folder);
  const hash = sourcesHash(folder);
  const [fresh, dist] = [join(folder, "dist.new"), join(folder, "dist")];
  rmSync(fresh, { recursive: true, force: true });
  const vite = join(folder, "node_modules/vite/bin/vite.js");
  const args = [vite, "build", "--outDir", fresh, "--emptyOutDir", "--logLevel", "warn"];
  await runTool(process.execPath, args, folder, {
    failed: "The preview's page was not built",
    causes: npmCauses,
  });
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, builtFile), `${JSON.stringify({ sources: hash })}\n`);
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

/** @throws Error where the packages need a newer Node than this */
function refuseOldNode(folder: string): void {
  const { engines } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as {
    readonly engines?: { readonly node?: string };
  };
  const oldest = (/^>=(\d+\.\d+)/.exec(engines?.node ?? "")?.[1] ?? "0.0").split(".").map(Number);
  const found = process.versions.node.split(".").map(Number);
  const [major = 0, minor = 0] = found.map((number, index) => number - (oldest[index] ?? 0));
  if (major > 0 || (major === 0 && minor >= 0)) return;
  throw new Error(
    `The preview's page is built with Node ${oldest.join(".")} or newer; this is ${process.versions.node}. Install a newer one, then run it again.`,
  );
}

const builtFile = "built.json";

function builtOf(dist: string): unknown {
  try {
    return (JSON.parse(readFileSync(join(dist, builtFile), "utf8")) as { readonly sources?: unknown })
      .sources;
  } catch {
    return undefined;
  }
}

/** Names the sources of the page, and the packages that it is built of, by their contents. */
export function sourcesHash(folder: string): string {
  return hashOfFiles(folder, filesBelow(folder, sources));
}
