import type { Environment } from "../../environments";
import { examine } from "../checks/examine";
import { findingLines, nameWidthOf } from "../checks/report";
import { CommandError } from "../terminal/command";
import type { StackContents } from "../terraform/stack-contents";
import { subjectOf } from "../up/system";
import { dockerCheck } from "./checks/docker";

/**
 * Asks the Docker engines on which stacks make something, before Terraform is run: it would wait without end for one
 * that takes a connection and does not answer.
 * @param contents of one environment
 * @throws CommandError that names each engine that is not reached, with its machine
 */
export async function assertEnginesReached(
  environment: Environment,
  contents: readonly StackContents[],
): Promise<void> {
  const needed = contents.map((each) => ({
    ...each,
    // Of a machine on its way out Terraform asks only while something is left there.
    otherEngines: each.otherEngines.filter(({ isEmpty }) => !isEmpty),
  }));
  const findings = await examine([dockerCheck], subjectOf(environment, needed, {}));
  const problems = findings.filter(({ status }) => status === "problem");
  if (problems.length === 0) return;
  const lines = problems.map((each) => findingLines(each, nameWidthOf([dockerCheck])));
  throw new CommandError(`Nothing was touched, as this is missing:\n\n${lines.join("\n")}`);
}
