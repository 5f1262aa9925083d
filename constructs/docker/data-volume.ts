import { Volume } from "@cdktf/provider-docker/lib/volume";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { engineNameOf } from "./engine-names";

/**
 * A named volume for data that must not be lost: Terraform refuses to destroy it. Its address in Terraform's state is
 * its name, wherever in the tree of constructs it stands: a changed construct id does not replace it.
 * @param name of the volume on the engine, behind the prefix of names there; a changed one is another volume
 * @param machine whose engine it is on, where that is not the stack's own: the address begins with its name then
 */
export function dataVolume(scope: Construct, name: string, machine?: string): Volume {
  const address = machine === undefined ? name : `${machine}-${name}`;
  const volume = new Volume(scope, "data", {
    name: engineNameOf(scope, name),
    lifecycle: { preventDestroy: true },
  });
  const stack = TerraformStack.of(volume);
  const idByPath = stack.getLogicalId(volume);
  volume.overrideLogicalId(address);
  // What was deployed under the address that the path makes is taken over.
  addMove(stack, { from: `docker_volume.${idByPath}`, to: `docker_volume.${address}` });
  return volume;
}

/** An address in a stack's state, and the one that it has now. */
interface Move {
  readonly from: string;
  readonly to: string;
}

const movesOf = new WeakMap<TerraformStack, Move[]>();

/** The framework's own `moveFromId` would do it, but then a synth asks Terraform for its version, which need not be there. */
function addMove(stack: TerraformStack, move: Move): void {
  const moves = [...(movesOf.get(stack) ?? []), move];
  movesOf.set(stack, moves);
  stack.addOverride("moved", moves);
}
