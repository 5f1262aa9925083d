import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { nonEmptyText } from "../../schema/primitives";
import type { Problems } from "../props-error";
import { sensitiveVariable } from "../sensitive-variable";
import type { AwsCredentials } from "./cloudwatch-data-source";
import { awsCredentials } from "./settings";

/** By what a data source signs its requests, as AWS's services ask for (Signature Version 4). */
export interface AwsSignature {
  /** Region of what is asked, such as `eu-central-1`. */
  readonly region: string;
  /**
   * By what Grafana's server shows AWS who it is.
   * @default - the role of what it runs on
   */
  readonly credentials?: AwsCredentials;
}

/** Notes what Grafana or AWS would refuse. */
export function checkSignature(signature: AwsSignature | undefined, problems: Problems): Problems {
  if (!signature) return problems;
  return problems
    .holds(nonEmptyText, "signature.region", signature.region)
    .mayHold(awsCredentials, "signature.credentials", signature.credentials);
}

/**
 * What a data source's settings have, so that its requests are signed. Grafana's server must allow it (`signsRequests`).
 * The names are those that grafana-plugin-sdk-go 0.294.0 reads (`backend/http_settings.go`), with which the plugin of
 * version 3.2.0 is made. Its document says `assumeRoleArn`, which that does not read.
 */
export function signatureSettings({ region, credentials }: AwsSignature): object {
  const role = credentials?.assumeRoleArn;
  return {
    sigV4Auth: true,
    // `default` is the SDK's own order, which ends at the role.
    sigV4AuthType: credentials?.kind === "access-key" ? "keys" : "default",
    sigV4Region: region,
    ...(role !== undefined && { sigV4AssumeRoleArn: role }),
  };
}

/** What Grafana keeps encrypted of it: variables of the stack; nothing where there is no key. */
export function signatureSecrets(scope: Construct, { credentials }: AwsSignature) {
  if (credentials?.kind !== "access-key") return {};
  const value = ({ secret }: { readonly secret: string }, what: string) =>
    sensitiveVariable(scope, secret, `${what} by which Grafana reads the workspace`).stringValue;
  return {
    secureJsonDataEncoded: Fn.jsonencode({
      sigV4AccessKey: value(credentials.accessKeyId, "Id of the access key"),
      sigV4SecretKey: value(credentials.secretAccessKey, "Access key"),
    }),
  };
}
