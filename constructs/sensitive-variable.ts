import { TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";

/**
 * A secret that whoever deploys gives to Terraform as `TF_VAR_<name>`. It has no default, so that it never stands in
 * the synthesized JSON, and Terraform does not print it. Asked for twice in one stack, it is the same variable.
 * @param scope any construct of the stack that needs it
 * @param name of the variable, in lower case with underscores
 * @param description what it is, for the prompt that Terraform shows when it is missing
 */
export function sensitiveVariable(scope: Construct, name: string, description: string): TerraformVariable {
  const stack = TerraformStack.of(scope);
  const id = `variable-${name}`;
  const existing = stack.node.tryFindChild(id);
  if (existing instanceof TerraformVariable) return existing;
  const variable = new TerraformVariable(stack, id, {
    type: "string",
    description,
    sensitive: true,
    nullable: false,
  });
  variable.overrideLogicalId(name);
  return variable;
}
