import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import type { Environment } from "../environments";

/** The oldest Terraform that can lock a state in S3 by a file beside it. */
const terraformVersion = ">= 1.10.0";

/** Terraform runs in `cdktf.out/stacks/<stack>`: the way from there to the project's folder. */
const projectFolder = "../../..";

/** Gives a stack the place for its state that the environment names. */
export function useStateBackend(stack: TerraformStack, environment: Environment): void {
  const { state } = environment;
  const fileName = `${stack.node.id}.tfstate`;
  stack.addOverride("terraform.required_version", terraformVersion);
  if (state.backend === "local") {
    // Relative: an absolute path would be that of whoever synthesized.
    new LocalBackend(stack, { path: `${projectFolder}/${state.directory}/${fileName}` });
    return;
  }
  new S3Backend(stack, {
    bucket: state.bucket,
    region: state.region,
    key: `${state.keyPrefix ?? environment.project}/${fileName}`,
    encrypt: true,
  });
  stack.addOverride("terraform.backend.s3.use_lockfile", true);
}
