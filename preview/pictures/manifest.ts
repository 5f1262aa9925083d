import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { PreviewDashboard } from "../server/source";

/** Where the pictures are, with the list of what each was drawn of. */
export const picturesFolder = resolve(__dirname, "../../docs/pictures");
/** What makes them anew. */
export const command = "npm run pictures";

/** Names of what a picture was drawn of, each by its contents. */
export interface DrawnOf {
  /** The dashboard's JSON. */
  readonly dashboard: string;
  /** The sources of the page. */
  readonly page: string;
  /** The known traffic. */
  readonly traffic: string;
}

/** A picture that was drawn. */
export interface DrawnPicture extends DrawnOf {
  /** The PNG itself. */
  readonly png: string;
}

/** The pictures by the name of their file. */
export type Manifest = Readonly<Record<string, DrawnPicture>>;

/** Why a picture is not what it must be. */
export interface OldPicture {
  readonly file: string;
  readonly why:
    | "is not there"
    | "was changed by hand"
    | "is older than its dashboard"
    | "is older than the known traffic"
    | "is older than the page";
}

const manifestFile = "manifest.json";

export function readManifest(folder = picturesFolder): Manifest {
  const file = join(folder, manifestFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Manifest) : {};
}

/** Writes the list, by the names of the files. */
export function writeManifest(manifest: Manifest, folder = picturesFolder): void {
  const sorted = Object.fromEntries(
    Object.entries(manifest).sort(([one], [other]) => (one < other ? -1 : 1)),
  );
  writeFileSync(join(folder, manifestFile), `${JSON.stringify(sorted, null, 2)}\n`);
}

/** Names a dashboard by what is drawn of it. */
export function hashOfDashboard({ json }: PreviewDashboard): string {
  return hashOf(JSON.stringify(json));
}

export function hashOf(content: string | Buffer): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 32);
}

/**
 * The pictures that must be drawn anew.
 * @param wanted what each picture must be drawn of, by the name of its file
 */
export function oldPictures(
  wanted: ReadonlyMap<string, DrawnOf>,
  manifest: Manifest,
  folder = picturesFolder,
): OldPicture[] {
  return [...wanted].flatMap(([file, { dashboard, page, traffic }]): OldPicture[] => {
    const drawn = manifest[file];
    const path = join(folder, file);
    if (drawn === undefined || !existsSync(path)) return [{ file, why: "is not there" }];
    if (hashOf(readFileSync(path)) !== drawn.png) return [{ file, why: "was changed by hand" }];
    if (drawn.dashboard !== dashboard) return [{ file, why: "is older than its dashboard" }];
    if (drawn.traffic !== traffic) return [{ file, why: "is older than the known traffic" }];
    return drawn.page === page ? [] : [{ file, why: "is older than the page" }];
  });
}
