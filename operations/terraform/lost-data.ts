import { ageText, sizeText } from "../backup/sizes";
import { defaultFolder, newestBackup } from "../backup/manifest";
import { DockerEngine, EngineError } from "../doctor/engine";
import { CommandError } from "../terminal/command";
import { formatTable } from "../terminal/table";
import { nameTyped } from "../terminal/typed-name";
import { isGoneAnyway } from "../up/take-down";
import { Protection } from "./protection";
import type { StackContents } from "./stack-contents";

/** Data that a destroy would remove, or what is needed to read it. */
export interface LostData {
  /** Name of the volume, or address of another resource. */
  readonly name: string;
  /** Its size, or what its loss means. */
  readonly what: string;
}

/** What the loss of a resource means, by its type. */
const meanings: Readonly<Record<string, string>> = {
  docker_volume: "on another machine's engine",
  aws_prometheus_workspace: "all samples, rules and silences in it; no backup has them",
  aws_kms_key: "what it has encrypted cannot be read any more",
};

/**
 * The data that a destroy with data would remove: the volumes that are there, with their sizes, and what else the stacks
 * protect. What goes with an emulator is none.
 * @param contents of one environment, as far as it is selected
 */
export async function lostDataOf(contents: readonly StackContents[]): Promise<LostData[]> {
  const lost: LostData[] = [];
  for (const each of contents) {
    if (isGoneAnyway(each, contents)) continue;
    lost.push(...(await volumesOf(each)));
    const protection = Protection.of(each.stack.folder);
    for (const address of protection.addresses) {
      const type = address.split(".")[0] ?? "";
      const isCounted = type === "docker_volume" && !protection.isElsewhere(address);
      if (!isCounted) lost.push({ name: address, what: meanings[type] ?? "where it was deployed" });
    }
  }
  return lost;
}

/**
 * Says what would be lost and how old the newest backup is, and asks for the environment's name.
 * @param named the environments that `--data` names: there nobody is asked
 * @param say is given lines for people
 * @throws CommandError unless the name was given, here or there; nothing was touched then
 */
export async function assertDataNamed(
  environment: string,
  lost: readonly LostData[],
  named: readonly string[],
  say: (line: string) => void,
): Promise<void> {
  if (lost.length === 0) return;
  const rows = lost.map(({ name, what }) => [`  ${name}`, what]);
  say(`\nThis removes data of ${environment} for good:\n${formatTable(["  WHAT", "SIZE"], rows)}`);
  say(backupLine(environment));
  if (named.includes(environment)) return;
  const question = `Type the environment's name to remove all of it: `;
  if (await nameTyped(environment, question, `--data ${environment}`)) return;
  throw new CommandError("That is not the environment's name. Nothing was touched.");
}

/**
 * Checks that `--data` names environments that the command is about.
 * @throws CommandError for another
 */
export function assertNames(named: readonly string[], environments: readonly string[]): void {
  const unknown = named.find((name) => !environments.includes(name));
  if (unknown !== undefined)
    throw new CommandError(
      `--data: found "${unknown}", allowed: ${environments.join(", ")}. Nothing was touched.`,
    );
}

function backupLine(environment: string): string {
  const newest = newestBackup(defaultFolder, environment);
  if (newest === undefined)
    return `There is no backup of it in ${defaultFolder}: npm run backup -- ${environment} takes one.`;
  const { takenAt, parts } = newest.manifest;
  const age = ageText(new Date(takenAt));
  return `The newest backup of it, ${newest.folder}, is ${age} old and has ${parts.map(({ name }) => name).join(", ")}.`;
}

async function volumesOf({ dockerHost, volumes }: StackContents): Promise<LostData[]> {
  if (dockerHost === undefined || volumes.length === 0) return [];
  try {
    // Older engines know no `type`, and measure their images, too.
    const { Volumes } = await new DockerEngine(dockerHost).get<{
      Volumes: { Name: string; UsageData?: { Size: number } | null }[] | null;
    }>("/system/df?type=volume", 120_000);
    return (Volumes ?? [])
      .filter(({ Name }) => volumes.includes(Name))
      .map(({ Name, UsageData }) => ({ name: Name, what: sizeText(Math.max(0, UsageData?.Size ?? 0)) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return volumes.map((name) => ({ name, what: `unknown, as ${dockerHost} does not answer` }));
  }
}
