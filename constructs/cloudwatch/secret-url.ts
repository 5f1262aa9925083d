import { Fn, type TerraformVariable } from "cdktf";
import type { Construct } from "constructs";
import { sensitiveVariable } from "../sensitive-variable";
import { Problems } from "./props-error";

/**
 * A sensitive variable that holds an `https://` URL; Terraform refuses any other value before it does anything.
 * @throws PropsError for a name that Terraform refuses
 */
export function secretUrl(scope: Construct, name: string, description: string): TerraformVariable {
  const accepted = /^[A-Za-z_][A-Za-z0-9_-]*$/.test(name);
  const allowed = "a Terraform variable's name: letters, digits, _ and -, not starting with a digit";
  new Problems().expect(accepted, "secret", name, allowed).throwFor(scope, name);
  const variable = sensitiveVariable(scope, name, description);
  if (!variable.validation?.length) {
    variable.addValidation({
      condition: Fn.startswith(variable.stringValue, "https://"),
      errorMessage: `The value of ${name} must start with https://.`,
    });
  }
  return variable;
}
