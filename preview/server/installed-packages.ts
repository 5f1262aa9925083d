import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** What a lock file of npm says of a package. */
interface LockedPackage {
  readonly version?: string;
  readonly optional?: boolean;
}

/**
 * Whether npm has installed what the lock file of a package says. npm writes its own list when all is in place, so an
 * interrupted installation has none.
 */
export function isInstalled(folder: string): boolean {
  const wanted = lockedPackages(join(folder, "package-lock.json"));
  const found = lockedPackages(join(folder, "node_modules/.package-lock.json"));
  if (wanted === undefined || found === undefined) return false;
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    const there = found[path];
    // Those of other systems are optional.
    return path === "" || (there === undefined ? optional === true : there.version === version);
  });
}

/** How many packages of the lock file are there. */
export function installedPackages(folder: string): { readonly done: number; readonly all: number } {
  const wanted = lockedPackages(join(folder, "package-lock.json")) ?? {};
  const paths = Object.keys(wanted).filter((path) => path !== "" && wanted[path]?.optional !== true);
  const done = paths.filter((path) => existsSync(join(folder, path, "package.json"))).length;
  return { done, all: paths.length };
}

function lockedPackages(file: string): Readonly<Record<string, LockedPackage>> | undefined {
  try {
    return (JSON.parse(readFileSync(file, "utf8")) as { packages?: Record<string, LockedPackage> }).packages;
  } catch {
    return undefined;
  }
}
