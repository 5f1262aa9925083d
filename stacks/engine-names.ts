import type { TerraformStack } from "cdktf";
import { prefixEngineNames } from "../constructs/docker/engine-names";
import type { Environment } from "../environments";

/** Gives what a stack makes on Docker engines the names that the environment asks for. The stack must be empty. */
export function useEngineNames(stack: TerraformStack, { docker, name }: Environment): void {
  if (docker.names === "prefixed") prefixEngineNames(stack, `${name}-`);
}
