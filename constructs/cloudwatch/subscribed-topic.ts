import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { Construct } from "constructs";
import { AwsAccount } from "./aws-account";
import { DeadLetterQueue } from "./dead-letter-queue";
import { Problems } from "../props-error";
import { leavesDeadLetters, queueName } from "./settings";
import { type Publisher, topicPolicy } from "./topic-policy";
import {
  checkSubscription,
  type Subscription,
  subscriptionId,
  TopicSubscription,
} from "./topic-subscription";

/** Props of `SubscribedTopic`. */
export interface SubscribedTopicProps {
  /** Name of the topic: 1 to 256 letters, digits, `-` and `_`. */
  readonly name: string;
  /** ARN of a customer-managed key that whoever publishes may use. */
  readonly encryptionKeyArn: string;
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
 * An SNS topic with those who are subscribed to it: encrypted, over TLS only, and by its policy open to one service of AWS.
 * (People and programs of the account whose own IAM policies let them publish still can, as everywhere in AWS.)
 */
export class SubscribedTopic extends Construct {
  /** ARN of the topic. */
  readonly arn: string;
  private readonly deadLetterQueueName: string | undefined;
  private deadLetters: DeadLetterQueue | undefined;

  /**
   * @param publisher whom the policy admits, of the account into which the stack is deployed
   * @param problems what a more specific topic found in its own props
   * @throws PropsError for what AWS would refuse
   */
  constructor(
    scope: Construct,
    id: string,
    props: SubscribedTopicProps,
    publisher: (account: AwsAccount) => Publisher,
    problems = new Problems(),
  ) {
    const { name, subscriptions = [], deadLetterQueueName } = props;
    const ids = subscriptions.map(subscriptionId);
    const twice = ids.filter((other, index) => ids.indexOf(other) !== index);
    problems
      .expect(/^[A-Za-z0-9_-]{1,256}$/.test(name), "name", name, "1 to 256 letters, digits, - and _")
      .expect(twice.length === 0, "subscriptions", twice, "each subscription once");
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
    const policy = topicPolicy(topic.arn, publisher(AwsAccount.of(this)));
    new SnsTopicPolicy(this, "policy", { arn: topic.arn, policy });
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
}
