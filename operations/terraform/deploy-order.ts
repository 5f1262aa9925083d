import { inOrder, selectStacks } from "./selection";
import { answersAt, readStackContents, type StackContents } from "./stack-contents";
import type { SynthesizedStack } from "./synth-output";

/**
 * Stacks in the order in which they must be deployed: each after those that it depends on, and after those whose
 * containers its providers talk to, such as Grafana or an emulator of AWS.
 */
export function deployOrder(contents: readonly StackContents[]): StackContents[] {
  const stacks = contents.map((each) => ({
    ...each.stack,
    dependencies: [...each.stack.dependencies, ...hostsOf(each, contents).map(({ stack }) => stack.name)],
  }));
  return inOrder(stacks).flatMap(({ name }) => contents.find(({ stack }) => stack.name === name) ?? []);
}

/** The stacks whose containers a stack's providers talk to: what the stack makes is gone when these are gone. */
export function hostsOf(of: StackContents, contents: readonly StackContents[]): StackContents[] {
  return contents.filter((each) => each !== of && of.endpoints.some((url) => answersAt(each, url)));
}

/**
 * What is in the selected stacks, in the order of a deploy.
 * @param stacks all stacks of the selected environments
 * @throws CommandError for a name that is none of them
 */
export function selectInDeployOrder(
  selection: readonly string[],
  stacks: readonly SynthesizedStack[],
): StackContents[] {
  const selected = new Set(selectStacks(selection, stacks).map(({ name }) => name));
  return deployOrder(stacks.map(readStackContents)).filter(({ stack }) => selected.has(stack.name));
}
