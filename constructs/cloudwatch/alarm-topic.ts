import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { Construct } from "constructs";
import { AwsAccount } from "./aws-account";
import { DeadLetterQueue } from "./dead-letter-queue";
import { Problems } from "../props-error";
import { leavesDeadLetters, queueName } from "./settings";
import { topicPolicy } from "./topic-policy";
import {
  checkSubscription,
  type Subscription,
  subscriptionId,
  TopicSubscription,
} from "./topic-subscription";

/** Props of `AlarmTopic`. */
export interface AlarmTopicProps {
  /** Name of the topic: 1 to 256 letters, digits, `-` and `_`. */
  readonly name: string;
  /** ARN of a customer-managed key that CloudWatch may use, such as an `AlarmTopicKey`'s. */
  readonly encryptionKeyArn: string;
  /**
   * Only alarms whose names start with this may publish.
   * @default "" - every alarm of the account in the region
   */
  readonly alarmNamePrefix?: string;
  /**
   * Who gets the messages, each once.
   * @default [] - nobody yet
   */
  readonly subscriptions?: readonly Subscription[];
  /**
   * Name of a queue for what could not be delivered to an `https` URL or a queue: 1 to 80 letters, digits, `-` and `_`. It is
   * made with the first of these subscriptions.
   * @default - none: such messages are lost
   */
  readonly deadLetterQueueName?: string;
}

/**
 * An SNS topic for CloudWatch alarms: encrypted, over TLS only, and by its policy open to alarms of this account and
 * region alone. (People and programs of the account whose own IAM policies let them publish still can, as everywhere
 * in AWS.)
 */
export class AlarmTopic extends Construct {
  /** ARN of the topic. */
  readonly arn: string;
  private readonly deadLetterQueueName: string | undefined;
  private deadLetters: DeadLetterQueue | undefined;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    const { name, alarmNamePrefix = "", subscriptions = [] } = props;
    const ids = subscriptions.map(subscriptionId);
    const twice = ids.filter((other, index) => ids.indexOf(other) !== index);
    const problems = new Problems()
      .expect(/^[A-Za-z0-9_-]{1,256}$/.test(name), "name", name, "1 to 256 letters, digits, - and _")
      .expect(
        !/[*?:]/.test(alarmNamePrefix),
        "alarmNamePrefix",
        alarmNamePrefix,
        "a prefix without *, ? and :",
      )
      .expect(twice.length === 0, "subscriptions", twice, "each subscription once");
    const { deadLetterQueueName } = props;
    if (deadLetterQueueName !== undefined && subscriptions.some(leavesDeadLetters)) {
      problems.holds(queueName, "deadLetterQueueName", deadLetterQueueName);
    }
    subscriptions.forEach((each, index) => {
      checkSubscription(each, problems, `subscriptions[${String(index)}].`);
    });
    problems.throwFor(scope, id);
    super(scope, id);

    const topic = new SnsTopic(this, "topic", { name, kmsMasterKeyId: props.encryptionKeyArn });
    this.arn = topic.arn;
    this.deadLetterQueueName = deadLetterQueueName;
    new SnsTopicPolicy(this, "policy", { arn: topic.arn, policy: this.policy(alarmNamePrefix) });
    for (const subscription of subscriptions) this.subscribe(subscriptionId(subscription), subscription);
  }

  /** Adds a subscription, also of what Terraform knows only later, such as the ARN of a queue of the same stack. */
  subscribe(id: string, subscription: Subscription): TopicSubscription {
    const deadLetterQueueArn = leavesDeadLetters(subscription) ? this.deadLetterQueue()?.arn : undefined;
    return new TopicSubscription(this, id, { topicArn: this.arn, subscription, deadLetterQueueArn });
  }

  private deadLetterQueue(): DeadLetterQueue | undefined {
    const name = this.deadLetterQueueName;
    if (name === undefined) return undefined;
    this.deadLetters ??= new DeadLetterQueue(this, "dead-letters", { name, topicArn: this.arn });
    return this.deadLetters;
  }

  private policy(alarmNamePrefix: string): string {
    const { accountId, region, partition } = AwsAccount.of(this);
    const alarms = `arn:${partition}:cloudwatch:${region}:${accountId}:alarm:${alarmNamePrefix}*`;
    return topicPolicy(this.arn, {
      sid: "AlarmsOfThisAccountPublish",
      service: "cloudwatch.amazonaws.com",
      condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnLike: { "aws:SourceArn": alarms },
      },
    });
  }
}
