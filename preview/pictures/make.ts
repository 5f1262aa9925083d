import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { extname, join } from "node:path";
import type { Browser } from "playwright-core";
import { startKnownPrometheus } from "../recording/known-data";
import { refuseMissingPrograms, type RunningPrometheus } from "../recording/program";
import { asking, Recording, recordingFile } from "../recording/recording";
import { startPreviewServer } from "../server/server";
import type { PreviewDashboard } from "../server/source";
import { drawDashboard, fixedSettings, type Drawing } from "./draw";
import { hashOf, oldPictures, picturesFolder, readManifest, writeManifest, type Manifest } from "./manifest";
import { smallerPng } from "./smaller-png";
import { picturesOf, wantedPictures, type Picture } from "./pictures";
import { fixedSource, referenceDashboards } from "./reference-source";

/** Pixels of what comes first. */
const topHeight = 720;

/** How pictures are made. */
export interface PictureOptions {
  /** Whether all are drawn, not only those that are old. */
  readonly all: boolean;
  /** Gets a line for each thing that is done. */
  readonly onProgress: (line: string) => void;
  readonly browser: () => Promise<Browser>;
  /** For the data of the Prometheus, where one is needed. */
  readonly workFolder: string;
}

/**
 * Draws the pictures that are old. What the page asks and was recorded is answered from the recording; for the rest a
 * Prometheus is started on the known traffic.
 * @returns the names of the files that were written
 * @throws Error that names the cause; pictures that were drawn by then stay, with their entry in the manifest
 */
export async function makePictures({
  all,
  onProgress,
  browser,
  workFolder,
}: PictureOptions): Promise<string[]> {
  const dashboards = referenceDashboards();
  const wanted = wantedPictures(dashboards);
  const old = all ? [...wanted.keys()] : oldPictures(wanted, readManifest()).map(({ file }) => file);
  const pictures = picturesOf(dashboards).filter(({ file }) => old.includes(file));
  mkdirSync(picturesFolder, { recursive: true });
  if (pictures.length === 0) return removeOthers(wanted, readManifest());
  // Answers to another traffic are none.
  const isSameTraffic = Object.values(readManifest()).every(
    ({ traffic }) => traffic === [...wanted.values()][0]?.traffic,
  );
  let prometheus: Promise<RunningPrometheus> | undefined;
  const ask = async (path: string, parameters: URLSearchParams) => {
    prometheus ??= startNeeded(workFolder, onProgress);
    return asking((await prometheus).url)(path, parameters);
  };
  const recording = isSameTraffic ? Recording.read(recordingFile, ask) : new Recording(new Map(), ask);
  const server = await startPreviewServer(
    { source: fixedSource(dashboards), prometheus: recording, settings: fixedSettings },
    0,
  );
  const opened = await browser();
  try {
    for (const [key, group] of groupsOf(pictures)) {
      onProgress(key);
      const [{ uid, theme }] = group as [Picture];
      const draw = () => drawDashboard(opened, server.url, uid, theme, topHeight);
      const before = prometheus;
      const drawing = await draw().catch(async (error: unknown) => {
        // The page has a limit for its answers, and a busy machine may need longer to make the traffic.
        if (prometheus === before) throw error;
        await prometheus;
        return draw();
      });
      write(group, drawing, wanted);
    }
    if (recording.unknown.length > 0)
      recording.save(recordingFile, { keepOthers: !coversAll(pictures, dashboards) });
  } finally {
    await opened.close();
    await server.close();
    await (await prometheus)?.stop();
  }
  return [...pictures.map(({ file }) => file), ...removeOthers(wanted, readManifest())];
}

/** A failure is one of the promise, which the drawing that waits for it tells. */
async function startNeeded(folder: string, onProgress: (line: string) => void): Promise<RunningPrometheus> {
  refuseMissingPrograms(["prometheus", "promtool"]);
  onProgress("A question is new: making the known traffic, half a minute");
  return startKnownPrometheus(folder);
}

/** Pictures that come of one drawing. */
function groupsOf(pictures: readonly Picture[]): ReadonlyMap<string, readonly Picture[]> {
  const groups = new Map<string, Picture[]>();
  for (const picture of pictures) {
    const key = `${picture.uid}, ${picture.theme}`;
    groups.set(key, [...(groups.get(key) ?? []), picture]);
  }
  return groups;
}

function coversAll(pictures: readonly Picture[], dashboards: readonly PreviewDashboard[]): boolean {
  const drawn = new Set(pictures.map(({ uid }) => uid));
  return dashboards.every(({ uid }) => drawn.has(uid));
}

function write(
  pictures: readonly Picture[],
  drawing: Drawing,
  wanted: ReturnType<typeof wantedPictures>,
): void {
  const manifest = { ...readManifest() };
  for (const { file, part } of pictures) {
    const of = wanted.get(file);
    if (of === undefined) continue;
    const png = smallerPng(drawing[part]);
    writeFileSync(join(picturesFolder, file), png);
    manifest[file] = { ...of, png: hashOf(png) };
  }
  writeManifest(manifest);
}

/** Removes pictures of dashboards that there are no more. */
function removeOthers(wanted: ReadonlyMap<string, unknown>, manifest: Manifest): string[] {
  const others = readdirSync(picturesFolder).filter((name) => extname(name) === ".png" && !wanted.has(name));
  for (const name of others) rmSync(join(picturesFolder, name));
  const kept = Object.entries(manifest).filter(([name]) => wanted.has(name));
  if (kept.length < Object.keys(manifest).length) writeManifest(Object.fromEntries(kept));
  return others;
}
