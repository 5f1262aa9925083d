import type { SynthesizedStack } from "./synth-output";

/** The providers of a synthesized stack, as far as they tell where it makes something. */
export type ProvidersJson = Readonly<
  Record<string, readonly { readonly access_key?: string; readonly alias?: string; readonly host?: string }[]>
>;

/**
 * Where a stack makes what others reach from their machines: an account of AWS, and Docker engines elsewhere. An
 * emulator, which has made-up keys, and the engine of this machine are none.
 */
export function sharedPlacesOf({ aws = [], docker = [] }: ProvidersJson): string[] {
  const accounts = aws.some(({ access_key: key }) => key === undefined) ? ["an account of AWS"] : [];
  const engines = docker.flatMap(({ alias, host }) =>
    alias !== undefined || host === undefined || host.startsWith("unix:") ? [] : [`the engine at ${host}`],
  );
  return [...accounts, ...engines];
}

/**
 * What is at stake where a state is on this machine alone, and others reach what it describes.
 * @returns undefined where no stack is so
 */
export function sharedStateWarning(stacks: readonly SynthesizedStack[]): string | undefined {
  const alone = stacks.filter(
    ({ stateFile, sharedPlaces = [] }) => stateFile !== undefined && sharedPlaces.length > 0,
  );
  if (alone.length === 0) return undefined;
  const lines = alone.map(({ name, sharedPlaces = [] }) => `  ${name}: ${sharedPlaces.join(", ")}`);
  return (
    `Warning: the state of these stacks is on this machine alone, and others reach what they describe:\n${lines.join("\n")}\n` +
    "A deploy from another machine begins without this state: it takes over what was made from here, or fails at names " +
    "that are taken, and its destroy removes it. Where more than one person deploys, keep the state in S3, with its lock: " +
    'README.md, "Shared state".\n'
  );
}
