import type { Environment } from "./environments";
import { synthesizeEnvironments } from "./synth";

interface Stack {
  readonly resource?: { readonly docker_container?: Readonly<Record<string, unknown>> };
}

/** What a synth of one environment writes, and the containers of all its stacks. */
export function synthesizedStacks<C>(environment: Environment) {
  const json = synthesizeEnvironments([environment]);
  const containers = [...json]
    .filter(([path]) => path.endsWith("cdk.tf.json"))
    .flatMap(([, text]) => Object.values((JSON.parse(text) as Stack).resource?.docker_container ?? {}));
  return { json, containers: containers as readonly C[] };
}
