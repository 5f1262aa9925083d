import { Network } from "@cdktf/provider-docker/lib/network";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { Testing, TerraformStack } from "cdktf";

/** A stack of somebody else, and what is in it. */
export interface Scope {
  readonly stack: TerraformStack;
  readonly network: Network;
}

/** A stack of somebody else: a Docker provider and a network. */
export function foreignScope(): Scope {
  const stack = new TerraformStack(Testing.app(), "elsewhere");
  new DockerProvider(stack, "docker");
  return { stack, network: new Network(stack, "network", { name: "backend" }) };
}

/** The message of what `make` throws. */
export function messageOf(make: (scope: Scope) => void): string {
  const scope = foreignScope();
  const before = scope.stack.node.findAll();
  try {
    make(scope);
  } catch (error) {
    // Nothing is made of what is refused.
    expect(scope.stack.node.findAll()).toEqual(before);
    return error instanceof Error ? error.message : String(error);
  }
  return "nothing was thrown";
}
