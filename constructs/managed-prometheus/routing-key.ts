import { SecretsmanagerSecret } from "@cdktf/provider-aws/lib/secretsmanager-secret";
import { SecretsmanagerSecretPolicy } from "@cdktf/provider-aws/lib/secretsmanager-secret-policy";
import { SecretsmanagerSecretVersion } from "@cdktf/provider-aws/lib/secretsmanager-secret-version";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import { AwsAccount } from "../cloudwatch/aws-account";
import { Problems } from "../props-error";

/** Props of `RoutingKey`. */
export interface RoutingKeyProps {
  /** Name of the secret: 1 to 512 letters, digits and `/ _ + = . @ -`. */
  readonly name: string;
  /** Name of the key in the secret's JSON under which the value is. */
  readonly key: string;
  /** The value, of a sensitive variable. */
  readonly value: string;
  /** ARN of a customer-managed key that workspaces may use: with AWS's own, no service could read the secret. */
  readonly encryptionKeyArn: string;
  /** ARN of the workspace whose Alertmanager reads it. */
  readonly workspaceArn: string;
}

/**
 * A key of PagerDuty in Secrets Manager, which the Alertmanager of one workspace may read. The statement is that of
 * https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-alertmanager-pagerduty.html, November 2026.
 */
export class RoutingKey extends Construct {
  /** ARN of the secret. */
  readonly arn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, props: RoutingKeyProps) {
    const { name, key, value, encryptionKeyArn, workspaceArn } = props;
    new Problems()
      .expect(/^[\w/+=.@-]{1,512}$/.test(name), "name", name, "1 to 512 letters, digits and / _ + = . @ -")
      .throwFor(scope, id);
    super(scope, id);
    const secret = new SecretsmanagerSecret(this, "secret", {
      name,
      description: "Routing key by which Alertmanager tells PagerDuty",
      kmsKeyId: encryptionKeyArn,
      // It is made anew from the variable at any time, and its name would stay taken meanwhile.
      recoveryWindowInDays: 0,
    });
    this.arn = secret.arn;
    new SecretsmanagerSecretVersion(this, "value", {
      secretId: secret.id,
      secretString: Fn.jsonencode({ [key]: value }),
    });
    new SecretsmanagerSecretPolicy(this, "policy", {
      secretArn: secret.arn,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "WorkspaceReadsKey",
            Effect: "Allow",
            Principal: { Service: "aps.amazonaws.com" },
            Action: "secretsmanager:GetSecretValue",
            Resource: "*",
            Condition: {
              StringEquals: { "aws:SourceAccount": AwsAccount.of(this).accountId },
              ArnEquals: { "aws:SourceArn": workspaceArn },
            },
          },
        ],
      }),
    });
  }
}
