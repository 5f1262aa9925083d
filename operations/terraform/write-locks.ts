import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  fullSource,
  keepLock,
  keptLockName,
  lockedVersions,
  lockFileName,
  locksFolder,
  type RequiredProviders,
} from "./provider-locks";
import { indent, terraform } from "./terraform";

/** Platforms that the checksums are for, unless others are named. */
export const platforms = ["linux_amd64", "linux_arm64", "darwin_arm64"] as const;

/** How checksums are asked for. */
export interface LockOptions {
  readonly platforms: readonly string[];
  /** Folder of a mirror to take the providers from. Default: the registry, which signs what it says. */
  readonly mirror?: string;
  /** Folder of the project. Default: the current one. */
  readonly project?: string;
}

/** What became of one lock file. */
export interface LockResult {
  readonly file: string;
  readonly outcome: "written" | "unchanged" | "failed";
  /** Why it failed, as Terraform says it. */
  readonly said?: string;
}

/**
 * Writes the checksums of a set of providers with Terraform. Those that are kept for the same versions stay, and a
 * provider that has none of them any more is refused; of other versions they are written anew.
 */
export async function writeLock(
  providers: RequiredProviders,
  { platforms: wanted, mirror, project = "." }: LockOptions,
): Promise<LockResult> {
  const file = join(locksFolder, keptLockName(providers));
  const kept = join(project, file);
  const folder = mkdtempSync(join(tmpdir(), "provider-lock-"));
  try {
    writeFileSync(
      join(folder, "main.tf.json"),
      JSON.stringify({ terraform: { required_providers: providers } }),
    );
    const before = existsSync(kept) ? readFileSync(kept, "utf8") : "";
    const locked = lockedVersions(before);
    const isSame = Object.values(providers).every(
      ({ source, version }) => locked.get(fullSource(source)) === version,
    );
    if (isSame) copyFileSync(kept, join(folder, lockFileName));
    const { status, output } = await terraform(folder, [
      ...["providers", "lock", "-no-color"],
      ...(mirror === undefined ? [] : [`-fs-mirror=${mirror}`]),
      ...wanted.map((platform) => `-platform=${platform}`),
    ]);
    if (status !== 0) return { file, outcome: "failed", said: indent(output) };
    const written = join(folder, lockFileName);
    if (readFileSync(written, "utf8") === before) return { file, outcome: "unchanged" };
    keepLock(written, kept);
    return { file, outcome: "written" };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
