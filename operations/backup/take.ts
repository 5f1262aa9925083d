import {
  createWriteStream,
  fsyncSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { CommandError } from "../terminal/command";
import { Helper, runBeside } from "./helper";
import { type Backup, manifestFile, manifestOf, type ManifestPart } from "./manifest";
import { Meter } from "./meter";
import { scripts, snapshotFolder } from "./scripts";
import { sizeText } from "./sizes";
import { type FoundPart, type Measured, measuredOf, type Subject } from "./subject";

/** What Prometheus's snapshot copies at most: two files of its log, and two of the chunks of its head. */
const copiedOfPrometheus = 4 * 128 * 1024 ** 2;

/** Where a backup goes, and whom it tells. */
export interface TakeOptions {
  /** Folder in which the backup's own is made. */
  readonly to: string;
  /** Version of this project. */
  readonly writtenBy: string;
  readonly say: (line: string) => void;
  /** Ends it; nothing is kept then. */
  readonly signal: AbortSignal;
}

/**
 * Takes a backup of programs that run. Each is paused while its files are copied and linked into a folder of its own
 * volume, about a second; they are read while it runs again.
 * @throws CommandError; no program is left paused, and nothing half-written stays
 */
export async function takeBackup(
  subject: Subject,
  parts: readonly FoundPart[],
  { to, writtenBy, say, signal }: TakeOptions,
): Promise<Backup> {
  const { environment } = subject;
  const takenAt = new Date();
  makeFolder(to);
  for (const name of clearPartial(to, environment.name))
    say(`Removed ${join(to, name)}, which a backup that was cut short had left`);
  const sizes = await measureAll(subject, parts);
  assertSpace(to, parts, sizes);
  const name = `${environment.name}-${takenAt.toISOString().slice(0, 19).replaceAll(":", "-")}Z`;
  const partial = join(to, `.${name}.partial`);
  mkdirSync(partial, { mode: 0o700 });
  try {
    const written: ManifestPart[] = [];
    for (const [index, part] of parts.entries()) {
      signal.throwIfAborted();
      written.push(await takePart(subject, part, partial, sizes[index]?.used ?? 0, { say, signal }));
    }
    const manifest = manifestOf({
      environment: environment.name,
      project: environment.project,
      takenAt: takenAt.toISOString(),
      writtenBy,
      parts: written,
    });
    writeFileSync(join(partial, manifestFile), `${JSON.stringify(manifest, null, 2)}\n`, {
      mode: 0o600,
      flush: true,
    });
    signal.throwIfAborted();
    syncFolder(partial);
    const folder = join(to, name);
    renameSync(partial, folder);
    syncFolder(to);
    return { folder, manifest };
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (signal.aborted)
      throw new CommandError("Stopped. Every program runs, and nothing was kept of this backup.");
    if ((error as NodeJS.ErrnoException).code === "ENOSPC")
      throw new CommandError(
        `${to} is full. Nothing was kept of this backup. Make room, or name another folder: --to.`,
      );
    throw error;
  }
}

/** Pauses one program for its snapshot, and reads that. */
async function takePart(
  { engine, environment, containers }: Subject,
  part: FoundPart,
  folder: string,
  expected: number,
  { say, signal }: Pick<TakeOptions, "say" | "signal">,
): Promise<ManifestPart> {
  const purpose = { environment: environment.name, work: "backup" } as const;
  const { name, program, container, path, of } = part;
  const helper = await Helper.create(engine, of, part, part.snapshot, purpose);
  try {
    const pausedMs = await whilePaused();
    say(
      `${container}: ${pausedMs === 0 ? "was not running" : `paused for ${(pausedMs / 1000).toFixed(2)} s`}`,
    );
    const file = `${name}.tar`;
    const meter = new Meter(container, expected, say);
    const target = join(folder, file);
    await engine.download(
      helper.archive(`${path}/${snapshotFolder}`),
      (body) =>
        pipeline(body, meter, createWriteStream(target, { mode: 0o600, flags: "wx", flush: true }), {
          signal,
        }),
      signal,
    );
    say(`${container}: ${sizeText(meter.bytes)}`);
    return {
      name,
      program,
      image: of.Config.Image,
      file,
      bytes: meter.bytes,
      sha256: meter.sha256(),
      pausedMs,
    };
  } finally {
    await runBeside(engine, of, part, scripts.sweep, purpose);
    // Last, as it is what tells the next run that something is left.
    await helper.remove();
  }

  async function whilePaused(): Promise<number> {
    const { State } = of;
    // What somebody else has paused stays so.
    if (!State.Running || State.Paused) {
      await helper.run();
      return 0;
    }
    const begun = performance.now();
    try {
      await containers.pause(container);
      await helper.run();
    } finally {
      await containers.unpause(container);
    }
    return Math.round(performance.now() - begun);
  }
}

async function measureAll(
  { engine, environment }: Subject,
  parts: readonly FoundPart[],
): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const part of parts) {
    const purpose = { environment: environment.name, work: "backup" } as const;
    measured.push(measuredOf(await runBeside(engine, part.of, part, scripts.measure, purpose), part));
  }
  return measured;
}

/** All is looked at before any program is paused. */
function assertSpace(to: string, parts: readonly FoundPart[], sizes: readonly Measured[]): void {
  const { bavail, bsize } = statfsSync(to);
  const needed = sizes.reduce((sum, { used }) => sum + used, 0);
  const problems = parts.flatMap(({ program, volume }, index) => {
    const { used, free } = sizes[index] ?? { used: 0, free: 0 };
    const copied = program === "prometheus" ? Math.min(used, copiedOfPrometheus) : used;
    return copied > free
      ? [`  the volume ${volume}: ${sizeText(copied)} for the time of the backup, ${sizeText(free)} are free`]
      : [];
  });
  if (needed > bavail * bsize)
    problems.push(`  ${to}: ${sizeText(needed)}, ${sizeText(bavail * bsize)} are free`);
  if (problems.length === 0) return;
  throw new CommandError(
    `There is too little space, and no program was paused. Needed are:\n${problems.join("\n")}`,
  );
}

function makeFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new CommandError(`--to: ${path} cannot be made: ${(error as Error).message}`);
  }
}

function clearPartial(to: string, environment: string): string[] {
  const left = readdirSync(to).filter(
    (name) => name.startsWith(`.${environment}-`) && name.endsWith(".partial"),
  );
  for (const name of left) rmSync(join(to, name), { recursive: true, force: true });
  return left;
}

function syncFolder(path: string): void {
  const handle = openSync(path, "r");
  fsyncSync(handle);
  closeSync(handle);
}
