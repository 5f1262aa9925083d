import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { Construct } from "constructs";
import { AwsAccount } from "./aws-account";
import { accountAdministersKey } from "./key-policy";
import { Problems } from "../props-error";

/** Props of `AlarmTopicKey`. */
export interface AlarmTopicKeyProps {
  /** Name under which people find the key, without `alias/`: letters, digits, `/`, `_`, `-`; not `aws/...`. */
  readonly alias: string;
  /**
   * Days between the key's removal from Terraform and its end, in which it can still be restored: 7 to 30.
   * @default 30
   */
  readonly deletionWindowDays?: number;
  /**
   * Whether EventBridge may use it, too, as a `Heartbeat` needs. It says nothing of its rule when it publishes to an
   * encrypted topic, so that this holds for EventBridge as a whole.
   * @default false
   */
  readonly usedByEventBridge?: boolean;
}

const useKey = ["kms:Decrypt", "kms:GenerateDataKey*"];
const eventBridgeUsesKey = {
  Sid: "EventBridgeUsesKey",
  Effect: "Allow",
  Principal: { Service: "events.amazonaws.com" },
  Action: useKey,
  Resource: "*",
};

/**
 * A key that encrypts the messages of alarm topics. It is customer-managed since CloudWatch cannot use AWS's own key
 * of SNS: alarms to a topic with that one are dropped in silence. Its policy lets the account administer it and
 * CloudWatch use it, for alarms of this account only. It rotates once a year, and Terraform refuses to destroy it.
 */
export class AlarmTopicKey extends Construct {
  /** ARN of the key. */
  readonly arn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, props: AlarmTopicKeyProps) {
    const { alias, deletionWindowDays = 30, usedByEventBridge = false } = props;
    const isAlias = /^(?!aws\/)[A-Za-z0-9/_-]{1,250}$/.test(alias);
    const isWindow =
      Number.isInteger(deletionWindowDays) && deletionWindowDays >= 7 && deletionWindowDays <= 30;
    new Problems()
      .expect(isAlias, "alias", alias, "1 to 250 letters, digits, /, _ and -, not starting with aws/")
      .expect(isWindow, "deletionWindowDays", deletionWindowDays, "a whole number from 7 to 30")
      .throwFor(scope, id);
    super(scope, id);
    const { accountId, partition } = AwsAccount.of(this);

    const key = new KmsKey(this, "key", {
      description: `Encrypts the alarm topics of ${alias}`,
      enableKeyRotation: true,
      deletionWindowInDays: deletionWindowDays,
      // What it has encrypted is lost with it.
      lifecycle: { preventDestroy: true },
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          accountAdministersKey({ accountId, partition }),
          {
            Sid: "AlarmsOfThisAccountUseKey",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: useKey,
            Resource: "*",
            Condition: { StringEquals: { "aws:SourceAccount": accountId } },
          },
          ...(usedByEventBridge ? [eventBridgeUsesKey] : []),
        ],
      }),
    });
    new KmsAlias(this, "alias", { name: `alias/${alias}`, targetKeyId: key.keyId });
    this.arn = key.arn;
  }
}
