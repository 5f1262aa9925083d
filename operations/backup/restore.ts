import { createReadStream } from "node:fs";
import { join } from "node:path";
import { CommandError } from "../terminal/command";
import { Helper, runBeside } from "./helper";
import { assertNotOlder } from "./image-version";
import type { Backup, ManifestPart } from "./manifest";
import { Meter } from "./meter";
import { programNames } from "./parts";
import { scripts } from "./scripts";
import { sizeText } from "./sizes";
import { type FoundPart, measuredOf, type Subject } from "./subject";

/** Data of a backup, and the container that is to have it. */
export interface Restored {
  readonly part: FoundPart;
  readonly from: ManifestPart;
}

/** Whom a restore tells, and what ends it. */
export interface RestoreOptions {
  readonly say: (line: string) => void;
  /** Ends it; what was there before is back then. */
  readonly signal: AbortSignal;
  /** How long a program may take until it is healthy, in milliseconds. Default: ten minutes. */
  readonly healthyWithinMs?: number;
}

/**
 * What of a backup is restored where.
 * @param found the containers that are there
 * @throws CommandError where the backup is of another environment or a newer program, or has nothing for them
 */
export function planRestore(
  { environment }: Subject,
  { manifest }: Backup,
  found: readonly FoundPart[],
): Restored[] {
  if (manifest.environment !== environment.name || manifest.project !== environment.project) {
    throw new CommandError(
      `The backup is of ${manifest.environment} of the project ${manifest.project}, ` +
        `and not of ${environment.name} of ${environment.project}. Nothing was touched.`,
    );
  }
  const plan = found.flatMap((part) => {
    const from = manifest.parts.find(({ name }) => name === part.name);
    return from ? [{ part, from }] : [];
  });
  if (plan.length === 0) {
    const has = manifest.parts.map(({ name }) => name).join(", ");
    throw new CommandError(
      `The backup has ${has}, and of these nothing is there to be restored. ` +
        `Where the containers are gone, deploy first: npm run deploy -- ${environment.name}`,
    );
  }
  for (const { part, from } of plan) assertNotOlder(part.container, part.of.Config.Image, from.image);
  return plan;
}

/** Checks that each volume has room for the backup beside what it has now. */
export async function assertRoom({ engine, environment }: Subject, plan: readonly Restored[]): Promise<void> {
  const problems: string[] = [];
  for (const { part, from } of plan) {
    const purpose = { environment: environment.name, work: "backup" } as const;
    const { free } = measuredOf(await runBeside(engine, part.of, part, scripts.measure, purpose), part);
    if (free < from.bytes)
      problems.push(`  the volume ${part.volume}: ${sizeText(from.bytes)}, ${sizeText(free)} are free`);
  }
  if (problems.length > 0) {
    throw new CommandError(
      `There is too little space beside what is there now, and nothing was touched. Needed are:\n${problems.join("\n")}`,
    );
  }
}

/**
 * Restores program after program. The files are laid beside the data while the program runs; it is stopped only for the
 * moment in which they change places. Replicas are stopped together, as one that runs would tell the other what it knows.
 * @throws CommandError where a program does not become healthy; it runs with what was there before then
 */
export async function restore(
  subject: Subject,
  { folder }: Backup,
  plan: readonly Restored[],
  options: RestoreOptions,
): Promise<void> {
  const done: string[] = [];
  for (const program of programNames) {
    const group = plan.filter(({ part }) => part.program === program);
    if (group.length === 0) continue;
    try {
      options.signal.throwIfAborted();
      await restoreGroup(subject, folder, group, options);
      done.push(program);
    } catch (error) {
      const before = done.length === 0 ? "Nothing was restored." : `Restored before: ${done.join(", ")}.`;
      const reason = options.signal.aborted
        ? "Stopped."
        : error instanceof Error
          ? error.message
          : String(error);
      throw new CommandError(
        `${reason}\n${program}: what was there before it is there still, or again. ${before}`,
      );
    }
  }
}

async function restoreGroup(
  subject: Subject,
  folder: string,
  group: readonly Restored[],
  { say, signal, healthyWithinMs }: RestoreOptions,
): Promise<void> {
  const { engine, environment, containers } = subject;
  const purpose = { environment: environment.name, work: "restore" } as const;
  const beside = (part: FoundPart, script: string) => runBeside(engine, part.of, part, script, purpose);
  const helpers: Helper[] = [];
  let isStopped = false;
  try {
    for (const { part, from } of group) {
      const helper = await Helper.create(engine, part.of, part, scripts.swap, purpose);
      helpers.push(helper);
      await beside(part, scripts.sweep);
      const meter = new Meter(part.container, from.bytes, say);
      // An error of the file ends the transfer, and with it the request.
      const file = createReadStream(join(folder, from.file)).on("error", (error) => meter.destroy(error));
      await engine.upload(helper.archive(part.path), file.pipe(meter), signal);
    }
    signal.throwIfAborted();
    isStopped = true;
    const begun = performance.now();
    for (const { part } of group) await containers.stop(part.container);
    for (const helper of helpers) await helper.run();
    for (const { part } of group) await containers.start(part.container);
    for (const { part } of group) await containers.healthy(part.container, healthyWithinMs);
    const seconds = ((performance.now() - begun) / 1000).toFixed(1);
    for (const { part } of group) say(`${part.container}: restored, and healthy after ${seconds} s`);
  } catch (error) {
    for (const { part } of group) {
      if (isStopped) await containers.stop(part.container);
      await beside(part, isStopped ? scripts.undo : scripts.sweep);
      if (isStopped) await containers.start(part.container);
    }
    for (const helper of helpers) await helper.remove();
    throw error;
  }
  for (const { part } of group) await beside(part, scripts.keep);
  for (const helper of helpers) await helper.remove();
}
