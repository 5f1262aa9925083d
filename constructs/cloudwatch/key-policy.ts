import type { AwsAccount } from "./aws-account";

/** Statement of a key's policy by which the account administers it: without one nobody could change the key any more. */
export function accountAdministersKey({ accountId, partition }: Pick<AwsAccount, "accountId" | "partition">) {
  return {
    Sid: "AccountAdministersKey",
    Effect: "Allow",
    Principal: { AWS: `arn:${partition}:iam::${accountId}:root` },
    Action: "kms:*",
    Resource: "*",
  };
}
