import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { z } from "zod";
import { CommandError } from "../terminal/command";
import { programNames } from "./parts";

/** Name of the file that says what is in a backup. */
export const manifestFile = "manifest.json";
/** Folder below the project's own in which backups are, unless `--to` names another. */
export const defaultFolder = "backups";

/** The form of backups that this writes. One with a higher number is refused. */
const format = 1;

const manifestSchema = z.object({
  format: z.literal(format),
  environment: z.string(),
  project: z.string(),
  /** When the backup was begun, in UTC. */
  takenAt: z.iso.datetime(),
  /** Version of this project that wrote it. */
  writtenBy: z.string(),
  parts: z
    .array(
      z.object({
        /** Whose data it is, as `Part` names it. */
        name: z.string(),
        program: z.enum(programNames),
        /** Image of the container, as its tag or digest names it. */
        image: z.string(),
        /** File in the backup's folder, a tar. */
        file: z.string().regex(/^[a-z0-9-]+\.tar$/),
        bytes: z.int().nonnegative(),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
        /** How long the program was paused, in milliseconds. */
        pausedMs: z.number().nonnegative(),
      }),
    )
    .min(1),
});

/** What a backup says of itself. */
export type Manifest = z.output<typeof manifestSchema>;
/** What it says of the data of one container. */
export type ManifestPart = Manifest["parts"][number];

/** A manifest of parts, with the number of the form that this writes. */
export function manifestOf(contents: Omit<Manifest, "format">): Manifest {
  return { format, ...contents };
}

/** A backup that is whole: a folder with its manifest. */
export interface Backup {
  readonly folder: string;
  readonly manifest: Manifest;
}

/**
 * The backup at a place: its folder, its manifest, or a folder of backups, of which it is the newest of the environment.
 * @throws CommandError where there is none, or it is not as a backup is
 */
export function backupAt(place: string, environment: string): Backup {
  if (!existsSync(place)) throw new CommandError(`--from: found nothing at ${place}.\nSee --help.`);
  const folder = basename(place) === manifestFile ? dirname(place) : place;
  if (existsSync(join(folder, manifestFile)))
    return { folder, manifest: readManifest(join(folder, manifestFile)) };
  const newest = newestBackup(folder, environment);
  if (newest !== undefined) return newest;
  throw new CommandError(
    `--from: ${place} is no backup, as it has no ${manifestFile}, and no folder with a backup of ${environment} either.`,
  );
}

/** The newest whole backup of an environment in a folder; what cannot be read is none. */
export function newestBackup(folder: string, environment: string): Backup | undefined {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) return undefined;
  const found = readdirSync(folder)
    .filter((name) => !name.startsWith(".") && existsSync(join(folder, name, manifestFile)))
    .flatMap((name) => {
      try {
        return { folder: join(folder, name), manifest: readManifest(join(folder, name, manifestFile)) };
      } catch {
        return [];
      }
    })
    .filter(({ manifest }) => manifest.environment === environment);
  return found.sort((a, b) => (a.manifest.takenAt < b.manifest.takenAt ? 1 : -1))[0];
}

function readManifest(path: string): Manifest {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw new CommandError(`${path} is not JSON: the backup is damaged. Take another one.`);
  }
  const found = typeof json === "object" && json !== null && "format" in json ? json.format : undefined;
  if (typeof found === "number" && found > format) {
    throw new CommandError(
      `${path} is of the form ${String(found)}, which a newer version of this project wrote; this one reads ${String(format)}. Restore it with that version.`,
    );
  }
  const { data, error } = manifestSchema.safeParse(json);
  if (data) return data;
  const problems = error.issues.map(({ path: at, message }) => `  ${at.join(".")}: ${message}`);
  throw new CommandError(`${path} is not what a backup writes:\n${problems.join("\n")}`);
}

/**
 * Reads the files of a backup through and compares them with its manifest.
 * @throws CommandError that names each file that is not as it was written
 */
export async function assertWhole(
  { folder, manifest }: Backup,
  parts: readonly ManifestPart[],
): Promise<void> {
  const problems: string[] = [];
  for (const { file, bytes, sha256 } of parts) {
    const path = join(folder, file);
    if (!existsSync(path)) {
      problems.push(`${file} is missing`);
      continue;
    }
    const { size } = statSync(path);
    if (size !== bytes) {
      problems.push(`${file} has ${String(size)} bytes in place of ${String(bytes)}`);
      continue;
    }
    const hash = createHash("sha256");
    await pipeline(createReadStream(path), hash);
    if (hash.digest("hex") !== sha256)
      problems.push(`${file} has another content than was written (SHA-256)`);
  }
  if (problems.length === 0) return;
  throw new CommandError(
    `The backup of ${manifest.takenAt} is damaged, and nothing was touched:\n` +
      `${problems.map((each) => `  ${each}`).join("\n")}\nTake an older one: --from names it.`,
  );
}
