import { environmentNames } from "../../environments";
import { didYouMean } from "../../metrics/describe";
import { stackKinds } from "../../stacks/kinds";
import { CommandError } from "../terminal/command";
import type { SynthesizedStack } from "./synth-output";

/**
 * What a command is about: the environments and stacks that it is given, else those that the variable `ENVIRONMENT`
 * names between commas or spaces; nothing where that is not set.
 */
export function selectionOf(
  names: readonly string[],
  variable: string | undefined = process.env.ENVIRONMENT,
): readonly string[] {
  return names.length > 0 ? names : (variable ?? "").split(/[\s,]+/).filter((name) => name !== "");
}

/**
 * The same for a command that must be given something.
 * @param command as it is typed, such as `npm run deploy`
 * @throws CommandError with the environments that there are, where nothing is selected
 */
export function requiredSelection(names: readonly string[], command: string): readonly string[] {
  const selection = selectionOf(names);
  if (selection.length > 0) return selection;
  throw new CommandError(
    `Which environment? There are ${environmentNames.join(", ")}: ${command} -- ${environmentNames[0] ?? ""}\nSee --help.`,
  );
}

/**
 * The environments that a selection of environments and stacks is about: `dev` and `dev-docker` are both about `dev`.
 * @param known names of all environments. Default: those of this project
 * @throws CommandError for a name that is neither
 */
export function environmentsOf(
  selection: readonly string[],
  known: readonly string[] = environmentNames,
): string[] {
  return [...new Set(selection.map((name) => environmentOf(name, known)))];
}

/**
 * The one environment that a selection is about.
 * @throws CommandError for a name that is none, and for several
 */
export function oneEnvironmentOf(selection: readonly string[]): string {
  const [name = "", ...others] = environmentsOf(selection);
  if (others.length === 0) return name;
  throw new CommandError(`One environment at a time: found ${[name, ...others].join(", ")}.\nSee --help.`);
}

function environmentOf(name: string, known: readonly string[]): string {
  const environment = known.find((each) => name === each || stacksOf(each).includes(name));
  if (environment !== undefined) return environment;
  const hint = didYouMean(name, [...known, ...known.flatMap(stacksOf)]) || ".";
  throw new CommandError(
    `"${name}" is neither an environment nor a stack${hint} The environments: ${known.join(", ")}. ` +
      `The stacks that each can have: ${stacksOf("<environment>").join(", ")}.`,
  );
}

/** Names of the stacks that an environment can have. */
function stacksOf(environment: string): string[] {
  return stackKinds.map((kind) => `${environment}-${kind}`);
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
  const known = stacks.map((stack) => stack.name);
  const matching = known.filter((each) => each === name || stacksOf(name).includes(each));
  if (matching.length > 0) return matching;
  const hint = didYouMean(name, known) || ".";
  throw new CommandError(`There is no stack "${name}"${hint} Those that there are: ${known.join(", ")}.`);
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
