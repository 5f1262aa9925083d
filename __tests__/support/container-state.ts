import type { SynthesizedContainer } from "./docker-project";

/** What the engine says of a container's state. */
export interface ContainerState {
  readonly Status: string;
  /** None where nothing asks the program for its health. */
  readonly Health?: { readonly Status: string };
}

/** How a container is, in a word: its health, or whether it runs where nothing asks it. */
export function stateOf({ Status, Health }: ContainerState): string {
  return Health?.Status ?? Status;
}

/** The words of containers that are well, by their names. */
export function wellStates(
  containers: readonly Pick<SynthesizedContainer, "name" | "healthCheck">[],
): (readonly [string, string])[] {
  const states = containers.map(
    ({ name, healthCheck }) => [name, healthCheck.length === 0 ? "running" : "healthy"] as const,
  );
  return states.sort(([one], [other]) => (one < other ? -1 : 1));
}
