/** A container as a synthesized stack has it, as far as its names go. */
export interface NamedContainer {
  /** Its name on the engine. */
  readonly name: string;
  readonly labels?: readonly { readonly label: string; readonly value: string }[];
}

/** Label with the name that a container has on its networks, where it has another one on the engine. */
const ownNameLabel = "monitoring.name";

/** The name that a container has on its networks: `grafana` of `dev-grafana`. */
export function ownNameOf({ name, labels = [] }: NamedContainer): string {
  return labels.find(({ label }) => label === ownNameLabel)?.value ?? name;
}
