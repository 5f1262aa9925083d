import { existsSync, readFileSync } from "node:fs";
import type { DockerEngine } from "../doctor/engine";
import type { StackContents } from "../terraform/stack-contents";

/** The label that every container of ours has. */
const ownLabel = "monitoring.health-check";

interface Listed {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Labels: Readonly<Record<string, string>> | null;
}

interface State {
  readonly resources?: readonly {
    readonly instances: readonly { readonly attributes: { readonly id?: string } }[];
  }[];
}

/** A network with what is on it. */
interface Network {
  readonly Id: string;
  readonly Name: string;
  readonly Labels: Readonly<Record<string, string>> | null;
  readonly Containers?: Readonly<Record<string, unknown>> | null;
}

/**
 * Removes the containers and networks of a stack that its state does not know: a deploy that was killed had just made
 * them, and the next would stumble over their names. What has the name but was made by somebody else stays: a container
 * without our label, and a network that has labels (Compose's have) or anything on it.
 * @returns what was removed, in words
 */
export async function removeLeftovers(engine: DockerEngine, contents: StackContents): Promise<string[]> {
  const { stateFile } = contents.stack;
  // Only a state on this machine can be read before Terraform runs.
  if (stateFile === undefined) return [];
  const known = idsInState(stateFile);
  // Containers first: they may be on the networks.
  const containers = await removeContainers(engine, contents, known);
  return [...containers, ...(await removeNetworks(engine, contents, known))];
}

async function removeContainers(
  engine: DockerEngine,
  contents: StackContents,
  known: ReadonlySet<string>,
): Promise<string[]> {
  const unknown = await unknownContainers(engine, contents, known);
  for (const { id } of unknown) {
    // Not its volumes.
    await engine.request("DELETE", `/containers/${id}?force=1`, 60_000);
  }
  return unknown.map(({ name }) => `the container ${name}`);
}

/**
 * The containers on an engine that have the name of one of a stack's, and our label, and that its state does not know.
 * @param known ids of all that the state knows
 */
export async function unknownContainers(
  engine: DockerEngine,
  { containers }: Pick<StackContents, "containers">,
  known: ReadonlySet<string>,
): Promise<{ readonly id: string; readonly name: string }[]> {
  const names = new Set(containers.map(({ name }) => `/${name}`));
  const there = await engine.get<Listed[]>("/containers/json?all=1");
  return there.flatMap(({ Id, Names, Labels }) => {
    const name = Names.find((each) => names.has(each));
    if (name === undefined || known.has(Id) || !(ownLabel in (Labels ?? {}))) return [];
    return [{ id: Id, name: name.slice(1) }];
  });
}

async function removeNetworks(
  engine: DockerEngine,
  { networks }: StackContents,
  known: ReadonlySet<string>,
): Promise<string[]> {
  const removed: string[] = [];
  for (const { Id, Name } of await engine.get<Network[]>("/networks")) {
    if (!networks.includes(Name) || known.has(Id)) continue;
    const { Labels, Containers } = await engine.get<Network>(`/networks/${Id}`);
    if (Object.keys({ ...Labels, ...Containers }).length > 0) continue;
    await engine.request("DELETE", `/networks/${Id}`, 60_000);
    removed.push(`the network ${Name}`);
  }
  return removed;
}

/** Ids of all that the state in a file knows; none where there is no file. */
export function idsInState(stateFile: string): ReadonlySet<string> {
  if (!existsSync(stateFile)) return new Set();
  const { resources = [] } = JSON.parse(readFileSync(stateFile, "utf8")) as State;
  return new Set(
    resources.flatMap(({ instances }) => instances.flatMap(({ attributes }) => attributes.id ?? [])),
  );
}
