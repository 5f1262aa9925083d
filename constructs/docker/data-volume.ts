import { Volume } from "@cdktf/provider-docker/lib/volume";
import { TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/**
 * A named volume for data that must not be lost: Terraform refuses to destroy it. Its address in Terraform's state is
 * its name, wherever in the tree of constructs it stands: a changed construct id does not replace it.
 * @param name of the volume on the engine; a changed one is another volume
 */
export function dataVolume(scope: Construct, name: string): Volume {
  const volume = new Volume(scope, "data", { name, lifecycle: { preventDestroy: true } });
  const idByPath = TerraformStack.of(volume).getLogicalId(volume);
  volume.overrideLogicalId(name);
  // What was deployed under the address that the path makes is taken over.
  volume.moveFromId(`docker_volume.${idByPath}`);
  return volume;
}
