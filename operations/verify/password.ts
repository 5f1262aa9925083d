import { join } from "node:path";
import type { Environment } from "../../environments";
import { grafanaAdminPassword } from "../../stacks/secrets";
import { LocalSecrets } from "../up/secrets";

/** The password of Grafana's admin: that of the variable, else the one that `up` made up, where it did. */
export function grafanaPasswordOf({ name, aws }: Environment): string | undefined {
  const given = process.env[`TF_VAR_${grafanaAdminPassword.name}`] ?? "";
  if (given !== "") return given;
  if (aws.emulatorUrl === undefined) return undefined;
  return new LocalSecrets(join(".secrets", `${name}.json`), name).get(grafanaAdminPassword.name);
}
