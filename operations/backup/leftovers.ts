import { hostname } from "node:os";
import { CommandError } from "../terminal/command";
import { helperLabels, runBeside, type Place } from "./helper";
import { scripts } from "./scripts";
import type { Subject } from "./subject";

interface Listed {
  readonly Id: string;
  readonly Created: number;
  readonly Labels: Readonly<Record<string, string>>;
}

/** A run on another machine that has begun this recently may still be at it. */
const recentMs = 24 * 3_600_000;

/**
 * Puts in order what a run left that was killed: its helpers tell what it was at. A program that it paused goes on; of a
 * restore that was cut short nothing stays, and what was there before is back.
 * @param force whether a run on another machine is taken to be dead, too
 * @param say is told what was done
 * @throws CommandError when another run is at it
 */
export async function clearLeftovers(
  { engine, environment, containers }: Subject,
  force: boolean,
  say: (line: string) => void,
): Promise<void> {
  const filters = JSON.stringify({ label: [`${helperLabels.environment}=${environment.name}`] });
  const path = `/containers/json?all=1&filters=${encodeURIComponent(filters)}`;
  const left = await engine.get<Listed[]>(path, 60_000);
  for (const helper of left) assertDead(helper, force);
  const done = new Set<string>();
  for (const { Id, Labels } of left) {
    const place: Place = {
      container: Labels[helperLabels.container] ?? "",
      volume: Labels[helperLabels.volume] ?? "",
      path: Labels[helperLabels.path] ?? "",
    };
    const isRestore = Labels[helperLabels.work] === "restore";
    const of = await containers.find(place.container);
    if (of !== undefined && !done.has(place.container)) {
      // First what is paused: it must not wait for the rest.
      if (!isRestore && (await containers.unpause(place.container)))
        say(`${place.container}: a backup that was cut short had left it paused; it goes on`);
      if (isRestore) await containers.stop(place.container);
      const script = isRestore ? scripts.undo : scripts.sweep;
      await runBeside(engine, of, place, script, {
        environment: environment.name,
        work: isRestore ? "restore" : "backup",
      });
      if (isRestore) {
        await containers.start(place.container);
        say(`${place.container}: a restore was cut short; what was there before it is back, and it runs`);
      }
      done.add(place.container);
    }
    await engine.request("DELETE", `/containers/${Id}?force=1&v=1`, 60_000);
  }
}

function assertDead({ Labels, Created }: Listed, force: boolean): void {
  const host = Labels[helperLabels.host] ?? "";
  const pid = Number(Labels[helperLabels.pid]);
  const work = Labels[helperLabels.work] ?? "backup";
  const isHere = host === hostname();
  if (isHere && pid !== process.pid && isRunning(pid)) {
    throw new CommandError(
      `A ${work} is at it already: process ${String(pid)} of this machine. Wait for its end.`,
    );
  }
  const age = Date.now() - Created * 1_000;
  if (isHere || force || age > recentMs) return;
  throw new CommandError(
    `A ${work} that was begun on ${host} ${String(Math.round(age / 60_000))} minutes ago is at it, or was killed. ` +
      "Wait for its end; where it is dead, --clear puts in order what it left.",
  );
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // Another user's process may not be sent signals, and runs.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
