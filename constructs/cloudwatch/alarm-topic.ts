import type { Construct } from "constructs";
import { Problems } from "../props-error";
import type { AwsAccount } from "./aws-account";
import { SubscribedTopic, type SubscribedTopicProps } from "./subscribed-topic";
import type { Publisher } from "./topic-policy";

/** Props of `AlarmTopic`. */
export interface AlarmTopicProps extends SubscribedTopicProps {
  /** ARN of a customer-managed key that CloudWatch may use, such as an `AlarmTopicKey`'s. */
  readonly encryptionKeyArn: string;
  /**
   * Only alarms whose names start with this may publish.
   * @default "" - every alarm of the account in the region
   */
  readonly alarmNamePrefix?: string;
}

/**
 * An SNS topic for CloudWatch alarms: encrypted, over TLS only, and by its policy open to alarms of this account and
 * region alone. (People and programs of the account whose own IAM policies let them publish still can, as everywhere
 * in AWS.)
 */
export class AlarmTopic extends SubscribedTopic {
  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    const { alarmNamePrefix = "" } = props;
    const problems = new Problems().expect(
      !/[*?:]/.test(alarmNamePrefix),
      "alarmNamePrefix",
      alarmNamePrefix,
      "a prefix without *, ? and :",
    );
    super(scope, id, props, (account) => alarmsOf(account, alarmNamePrefix), problems);
  }
}

function alarmsOf({ accountId, region, partition }: AwsAccount, namePrefix: string): Publisher {
  const alarms = `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${namePrefix}*`;
  return {
    sid: "AlarmsOfThisAccountPublish",
    service: "cloudwatch.amazonaws.com",
    condition: {
      StringEquals: { "aws:SourceAccount": accountId },
      ArnLike: { "aws:SourceArn": alarms },
    },
  };
}
