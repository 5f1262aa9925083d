import type { Construct } from "constructs";
import type { ContainerFile } from "../constructs/docker/container-parts";
import { secretsFolder } from "../constructs/docker/container-settings";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import type { Environment } from "../environments";

type Credentials = Environment["grafana"]["awsCredentials"];

const credentialsPath = `${secretsFolder}/aws-credentials`;

/** What a container has, so that the program in it may speak to AWS. */
export interface AwsAccess {
  readonly files: readonly ContainerFile[];
  /** Variables of its environment, nothing secret. Undefined where the program has a role of the machine. */
  readonly variables?: Readonly<Record<string, string>>;
}

/**
 * The access of one program to AWS, or to the emulator, which accepts any.
 * @param purpose what it does there, for the prompt of Terraform: `log lines are sent to CloudWatch`
 */
export function awsAccessOf(
  scope: Construct,
  { aws }: Environment,
  credentials: Credentials,
  purpose: string,
): AwsAccess {
  if (aws.emulatorUrl !== undefined) {
    return { files: [], variables: { AWS_ACCESS_KEY_ID: "emulator", AWS_SECRET_ACCESS_KEY: "emulator" } };
  }
  if (credentials?.kind !== "access-key") return { files: [] };
  const value = ({ secret }: { readonly secret: string }, what: string) =>
    sensitiveVariable(scope, secret, `${what} by which ${purpose}`).stringValue;
  const id = value(credentials.accessKeyId, "Id of the access key");
  const key = value(credentials.secretAccessKey, "Access key");
  const content = `[default]\naws_access_key_id = ${id}\naws_secret_access_key = ${key}\n`;
  return {
    files: [{ path: credentialsPath, content, secret: true }],
    variables: { AWS_SHARED_CREDENTIALS_FILE: credentialsPath },
  };
}
