import { environmentNames } from "../../environments";
import { CommandError } from "./cli";
import type { SynthesizedStack } from "./synth-output";

/**
 * The environments that a selection of environments and stacks is about: `dev` and `dev-docker` are both about `dev`.
 * @throws CommandError for a name that is neither
 */
export function environmentsOf(selection: readonly string[]): string[] {
  return [...new Set(selection.map(environmentOf))];
}

function environmentOf(name: string): string {
  const environment = environmentNames
    .filter((candidate) => name === candidate || name.startsWith(`${candidate}-`))
    // Of `eu` and `eu-west`, `eu-west-docker` belongs to the longer name.
    .sort((a, b) => b.length - a.length)[0];
  if (environment !== undefined) return environment;
  throw new CommandError(
    `"${name}" is neither an environment nor a stack. The environments: ${environmentNames.join(", ")}. ` +
      `\`npm run synth\` lists the stacks.`,
  );
}

/**
 * The selected stacks, each after those that it depends on.
 * @param stacks all stacks of the selected environments
 * @throws CommandError for a name that is none of them
 */
export function selectStacks(
  selection: readonly string[],
  stacks: readonly SynthesizedStack[],
): SynthesizedStack[] {
  const names = new Set(selection.flatMap((name) => stackNames(name, stacks)));
  return inOrder(stacks).filter(({ name }) => names.has(name));
}

function stackNames(name: string, stacks: readonly SynthesizedStack[]): string[] {
  const matching = environmentNames.includes(name)
    ? stacks.filter((stack) => environmentOf(stack.name) === name)
    : stacks.filter((stack) => stack.name === name);
  if (matching.length > 0) return matching.map((stack) => stack.name);
  const known = stacks.map((stack) => stack.name).join(", ");
  throw new CommandError(`There is no stack "${name}". The stacks of this environment: ${known}.`);
}

/** Every stack after those that it depends on, otherwise by name. */
export function inOrder(stacks: readonly SynthesizedStack[]): SynthesizedStack[] {
  const ordered: SynthesizedStack[] = [];
  const visit = (stack: SynthesizedStack) => {
    if (ordered.includes(stack)) return;
    stacks.filter(({ name }) => stack.dependencies.includes(name)).forEach(visit);
    ordered.push(stack);
  };
  [...stacks].sort((a, b) => (a.name < b.name ? -1 : 1)).forEach(visit);
  return ordered;
}
