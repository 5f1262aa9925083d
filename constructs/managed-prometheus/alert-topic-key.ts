import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { AwsAccount } from "../cloudwatch/aws-account";
import { accountAdministersKey } from "../cloudwatch/key-policy";
import { Problems } from "../props-error";
import { workspaceAlias } from "./settings";

/** Props of `AlertTopicKey`. */
export interface AlertTopicKeyProps {
  /** Name under which people find the key, without `alias/`: 1 to 100 letters, digits and `. _ -`. */
  readonly alias: string;
}

/**
 * A key that encrypts the topics of a workspace's alerts, and the secrets that its Alertmanager reads. By its policy the
 * account administers it, and Amazon Managed Service for Prometheus uses it for this account. It rotates once a year. What
 * it has encrypted is a message on its way or a secret that Terraform knows, so that it may be destroyed. The statement is
 * that of https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-receiver-AMPpermission.html, November
 * 2026.
 */
export class AlertTopicKey extends Construct {
  /** ARN of the key. */
  readonly arn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, { alias }: AlertTopicKeyProps) {
    new Problems().holds(workspaceAlias, "alias", alias).throwFor(scope, id);
    super(scope, id);
    const { accountId, partition } = AwsAccount.of(this);
    const key = new KmsKey(this, "key", {
      description: `Encrypts the messages of alerts of ${alias}`,
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          accountAdministersKey({ accountId, partition }),
          {
            Sid: "WorkspacesOfThisAccountUseKey",
            Effect: "Allow",
            Principal: { Service: "aps.amazonaws.com" },
            Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
            Resource: "*",
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
        ],
      }),
    });
    new KmsAlias(this, "alias", { name: `alias/${alias}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
