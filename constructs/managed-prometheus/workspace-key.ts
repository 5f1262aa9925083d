import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { AwsAccount } from "../cloudwatch/aws-account";
import { accountAdministersKey } from "../cloudwatch/key-policy";
import { Problems } from "../props-error";
import { workspaceAlias } from "./settings";

/** Props of `WorkspaceKey`. */
export interface WorkspaceKeyProps {
  /** Name under which people find the key, without `alias/`: 1 to 100 letters, digits and `. _ -`. */
  readonly alias: string;
  /** Name of the log group that it encrypts, too. */
  readonly logGroupName: string;
}

/** Days between the key's removal from Terraform and its end, in which it can still be restored. */
const deletionWindowInDays = 30;

/**
 * A key that encrypts a workspace and its log group. By its policy the account administers it, Amazon Managed Service for
 * Prometheus uses it for callers of this account, and CloudWatch Logs for that one group. It rotates once a year, and
 * Terraform refuses to destroy it. The statements are those of
 * https://docs.aws.amazon.com/prometheus/latest/userguide/encryption-at-rest-Amazon-Service-Prometheus.html and
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html, November 2026.
 */
export class WorkspaceKey extends Construct {
  /** ARN of the key. */
  readonly arn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, { alias, logGroupName }: WorkspaceKeyProps) {
    new Problems().holds(workspaceAlias, "alias", alias).throwFor(scope, id);
    super(scope, id);
    const { accountId, partition, region } = AwsAccount.of(this);
    const key = new KmsKey(this, "key", {
      description: `Encrypts the metrics of ${alias}`,
      enableKeyRotation: true,
      deletionWindowInDays,
      // The samples are lost with it.
      lifecycle: { preventDestroy: true },
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          accountAdministersKey({ accountId, partition }),
          {
            Sid: "WorkspaceUsesKeyForThisAccount",
            Effect: "Allow",
            Principal: { AWS: "*" },
            Action: ["kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey"],
            Resource: "*",
            Condition: {
              StringEquals: {
                "kms:ViaService": `aps.${region}.amazonaws.com`,
                "kms:CallerAccount": accountId,
              },
            },
          },
          {
            Sid: "LogGroupUsesKey",
            Effect: "Allow",
            Principal: { Service: `logs.${region}.amazonaws.com` },
            Action: [
              "kms:Encrypt*",
              "kms:Decrypt*",
              "kms:ReEncrypt*",
              "kms:GenerateDataKey*",
              "kms:Describe*",
            ],
            Resource: "*",
            Condition: {
              ArnEquals: {
                "kms:EncryptionContext:aws:logs:arn": `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}`,
              },
            },
          },
        ],
      }),
    });
    new KmsAlias(this, "alias", { name: `alias/${alias}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
