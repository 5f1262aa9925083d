import { TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { Problems } from "./props-error";

/** What a secret is, so that Terraform can refuse another value and say why. */
export interface SecretVariableProps {
  /** What it is for, shown when Terraform asks for it. */
  readonly description: string;
  /** What every value starts with, such as `https://`. */
  readonly startsWith: string;
}

/**
 * The sensitive Terraform variable of this name in the stack, made at first use. It has no default, so that the
 * secret is never in the synthesized JSON: whoever deploys gives it, as `TF_VAR_<name>` or when asked.
 * @throws PropsError for a name that Terraform refuses
 */
export function secretVariable(
  scope: Construct,
  name: string,
  { description, startsWith }: SecretVariableProps,
): TerraformVariable {
  const stack = TerraformStack.of(scope);
  const id = `secret-${name}`;
  const existing = stack.node.tryFindChild(id);
  if (existing instanceof TerraformVariable) return existing;
  const accepted = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name);
  const allowed = "a Terraform variable's name: letters, digits, _ and -, not starting with a digit";
  new Problems().expect(accepted, "secret", name, allowed).throwFor(scope, id);
  const variable = new TerraformVariable(stack, id, {
    type: "string",
    description,
    sensitive: true,
    nullable: false,
  });
  variable.overrideLogicalId(name);
  variable.addValidation({
    condition: `\${startswith(var.${name}, "${startsWith}")}`,
    errorMessage: `The value of ${name} must start with ${startsWith}.`,
  });
  return variable;
}
