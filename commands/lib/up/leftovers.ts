import { existsSync, readFileSync } from "node:fs";
import type { DockerEngine } from "../doctor/engine";
import type { StackContents } from "../stack-contents";

/** The label that every container of ours has. */
const ownLabel = "monitoring.health-check";

interface Listed {
  readonly Id: string;
  readonly Names: readonly string[];
  readonly Labels: Readonly<Record<string, string>>;
}

interface State {
  readonly resources?: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: { readonly id?: string } }[];
  }[];
}

/**
 * Removes the containers of a stack that its state does not know: a deploy that was killed had just made them, and the
 * next would stumble over their names. A container of the same name that is not ours stays.
 * @returns the names of those removed
 */
export async function removeLeftovers(
  engine: DockerEngine,
  { stack, containers }: StackContents,
): Promise<string[]> {
  // Only a state on this machine can be read before Terraform runs.
  if (stack.stateFile === undefined || containers.length === 0) return [];
  const known = containerIds(stack.stateFile);
  const listed = await engine.get<Listed[]>("/containers/json?all=1");
  const names = new Set(containers.map(({ name }) => `/${name}`));
  const removed: string[] = [];
  for (const { Id, Names, Labels } of listed) {
    const name = Names.find((each) => names.has(each));
    if (name === undefined || known.has(Id) || !(ownLabel in Labels)) continue;
    // Not its volumes.
    await engine.request("DELETE", `/containers/${Id}?force=1`, 60_000);
    removed.push(name.slice(1));
  }
  return removed;
}

function containerIds(stateFile: string): ReadonlySet<string> {
  if (!existsSync(stateFile)) return new Set();
  const { resources = [] } = JSON.parse(readFileSync(stateFile, "utf8")) as State;
  return new Set(
    resources
      .filter(({ type }) => type === "docker_container")
      .flatMap(({ instances }) => instances.flatMap(({ attributes }) => attributes.id ?? [])),
  );
}
