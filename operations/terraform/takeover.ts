import { DockerEngine } from "../doctor/engine";
import { CommandError } from "../terminal/command";
import { idsInState, unknownContainers } from "../up/leftovers";
import type { StackContents } from "./stack-contents";

/**
 * Checks that the containers of stacks whose state is on this machine were made from it. Terraform would stop at their
 * names, in the middle of a deploy. A state elsewhere is not read.
 * @throws CommandError that names the containers which the state does not know
 */
export async function assertOwn(contents: readonly StackContents[]): Promise<void> {
  const problems: string[] = [];
  for (const each of contents) {
    const { stack, dockerHost } = each;
    if (stack.stateFile === undefined || dockerHost === undefined) continue;
    const found = await unknownContainers(new DockerEngine(dockerHost), each, idsInState(stack.stateFile));
    const unknown = found.map(({ name }) => name);
    if (unknown.length > 0)
      problems.push(`  ${stack.name}, ${stack.stateFile}: ${unknown.sort().join(", ")} on ${dockerHost}`);
  }
  if (problems.length === 0) return;
  throw new CommandError(
    "These containers are there, and the state on this machine does not know them. Nothing was changed:\n" +
      `${problems.join("\n")}\n` +
      'Where somebody else deployed them: deploy with their state, best from S3 (README.md, "Shared state").\n' +
      "Where a deploy from here was killed, or its state is lost: docker rm --force NAME removes a container, and the " +
      "next deploy makes it anew; its data stays in its volume.",
  );
}
