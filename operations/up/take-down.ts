import { existsSync } from "node:fs";
import { hostsOf } from "../terraform/deploy-order";
import { CommandError } from "../terminal/command";
import { DockerEngine, EngineError } from "../doctor/engine";
import type { StackContents } from "../terraform/stack-contents";
import { removeLeftovers } from "./leftovers";
import { operate, type StackResult } from "../terraform/stack-operations";

/**
 * Removes what stacks made, in the reverse order of their deploy.
 * @param contents in the order of the deploy
 * @param env variables for Terraform besides those of this process
 * @param withVolumes whether the volumes go too, with all data in them
 * @param say is given lines for people
 */
export async function takeDown(
  contents: readonly StackContents[],
  env: Readonly<Record<string, string>>,
  withVolumes: boolean,
  say: (line: string) => void,
): Promise<StackResult[]> {
  const results: StackResult[] = [];
  const deployed: StackContents[] = [];
  const reversed = [...contents].reverse();
  for (const [index, each] of reversed.entries()) {
    const { stack } = each;
    say(`\n${stack.name} (${String(index + 1)} of ${String(contents.length)})`);
    const isKnown = stack.stateFile === undefined || existsSync(stack.stateFile);
    // A deploy that was killed hard may have made things, and not yet a state that knows them.
    const leftovers = await leftoversRemoved(each, isKnown);
    for (const what of leftovers) {
      say(`${stack.name}: removed ${what}, which a run that was cut short had left`);
    }
    if (isKnown || leftovers.length > 0) deployed.push(each);
    if (!isKnown) {
      if (leftovers.length === 0) say(`${stack.name}: nothing to do, it was never deployed`);
      continue;
    }
    if (isGoneAnyway(each, contents) && !(await answers(each))) {
      // Its state stays: the next deploy finds out what of it is still there.
      say(`${stack.name}: nothing to do, what it is in does not run`);
      continue;
    }
    const result = await operate(stack, "destroy", {
      json: false,
      yes: true,
      env,
      withData: withVolumes || isGoneAnyway(each, contents),
    });
    if (result.outcome === "no changes") say(`${stack.name}: nothing to do, it is gone already`);
    results.push(result);
  }
  // Again those that no state knows.
  if (withVolumes) {
    for (const name of await removeVolumes(deployed)) say(`\nRemoved the volume ${name}`);
  }
  return results;
}

/** Whether what a stack has made is in a container of another that is removed too, as in an emulator of AWS. */
export function isGoneAnyway(each: StackContents, contents: readonly StackContents[]): boolean {
  return hostsOf(each, contents).length > 0;
}

async function leftoversRemoved(contents: StackContents, isKnown: boolean): Promise<string[]> {
  if (contents.dockerHost === undefined) return [];
  try {
    return await removeLeftovers(new DockerEngine(contents.dockerHost), contents);
  } catch (error) {
    // Nothing was deployed, so there need not be an engine.
    if (!(error instanceof EngineError)) throw error;
    if (!isKnown) return [];
    throw new CommandError(`${contents.stack.name}: the Docker engine cannot be asked: ${error.message}`);
  }
}

async function removeVolumes(contents: readonly StackContents[]): Promise<string[]> {
  const host = contents.find(({ dockerHost }) => dockerHost !== undefined)?.dockerHost;
  if (host === undefined) return [];
  const names = await volumesThere(contents);
  for (const name of names) {
    await new DockerEngine(host).request("DELETE", `/volumes/${encodeURIComponent(name)}`, 60_000);
  }
  return names;
}

/** Whether every system that a stack's providers talk to answers, whatever it answers. */
async function answers({ endpoints }: StackContents): Promise<boolean> {
  const all = await Promise.all(
    endpoints.map((url) =>
      fetch(url, { signal: AbortSignal.timeout(5_000), redirect: "manual" }).then(
        async (response) => {
          await response.body?.cancel();
          return true;
        },
        () => false,
      ),
    ),
  );
  return all.every((answered) => answered);
}

/** The names of the volumes that are there, of those that the stacks describe. */
export async function volumesThere(contents: readonly StackContents[]): Promise<string[]> {
  const names = new Set(contents.flatMap(({ volumes }) => volumes));
  const host = contents.find(({ dockerHost }) => dockerHost !== undefined)?.dockerHost;
  if (host === undefined) return [];
  const { Volumes } = await new DockerEngine(host).get<{ Volumes: { Name: string }[] | null }>("/volumes");
  return (Volumes ?? []).map(({ Name }) => Name).filter((name) => names.has(name));
}
