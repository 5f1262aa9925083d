import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { SnsTopicPolicy } from "@cdktf/provider-aws/lib/sns-topic-policy";
import { Construct } from "constructs";
import { Problems } from "../props-error";
import { heartbeatMinutes, heartbeatName } from "./settings";
import { topicPolicy } from "./topic-policy";
import { checkSubscription, TopicSubscription, type WebAddress } from "./topic-subscription";

/** Where heartbeats go, and how often. */
export interface HeartbeatSettings {
  /**
   * `https://` URL of a service that raises an alarm of its own when nothing is heard any more. Whoever knows it can feign
   * a heartbeat: then the name of the sensitive Terraform variable that holds it.
   */
  readonly endpoint: WebAddress;
  /**
   * Minutes between two heartbeats: 1 to 60.
   * @default 5
   */
  readonly everyMinutes?: number;
}

/** Props of `Heartbeat`. */
export interface HeartbeatProps extends HeartbeatSettings {
  /** Name of the topic and of the rule: 1 to 64 letters, digits, `-` and `_`. */
  readonly name: string;
  /** ARN of the alarm topics' key; EventBridge must be allowed to use it (`AlarmTopicKey`'s `usedByEventBridge`). */
  readonly encryptionKeyArn: string;
}

/**
 * A dead man's switch of an account's alarms: a rule of EventBridge publishes to a topic of its own, under the key of the
 * alarm topics, and SNS calls a service outside. When that hears nothing, alarms may not arrive either: the key is gone,
 * SNS does not deliver, or the account is shut.
 */
export class Heartbeat extends Construct {
  /** ARN of the topic. */
  readonly topicArn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, props: HeartbeatProps) {
    const { name, encryptionKeyArn, endpoint, everyMinutes = 5 } = props;
    const subscription = { protocol: "https", endpoint } as const;
    const problems = new Problems()
      .holds(heartbeatName, "name", name)
      .holds(heartbeatMinutes, "everyMinutes", everyMinutes);
    checkSubscription(subscription, problems);
    problems.throwFor(scope, id);
    super(scope, id);

    const topic = new SnsTopic(this, "topic", { name, kmsMasterKeyId: encryptionKeyArn });
    this.topicArn = topic.arn;
    // No condition: EventBridge tells SNS nothing of its rule. This is why the topic is none of the alarms'.
    const policy = topicPolicy(topic.arn, { sid: "EventBridgePublishes", service: "events.amazonaws.com" });
    new SnsTopicPolicy(this, "policy", { arn: topic.arn, policy });
    new TopicSubscription(this, "receiver", { topicArn: topic.arn, subscription, messages: "heartbeats" });
    const rule = new CloudwatchEventRule(this, "rule", {
      name,
      description: "Publishes as long as the way of the alarms is whole",
      // Said, so that one that somebody has disabled is a difference.
      state: "ENABLED",
      scheduleExpression: `rate(${everyMinutes === 1 ? "1 minute" : `${String(everyMinutes)} minutes`})`,
    });
    new CloudwatchEventTarget(this, "target", { rule: rule.name, targetId: "heartbeat", arn: topic.arn });
  }
}
