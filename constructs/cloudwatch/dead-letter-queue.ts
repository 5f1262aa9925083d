import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { SqsQueuePolicy } from "@cdktf/provider-aws/lib/sqs-queue-policy";
import { Construct } from "constructs";
import { Problems } from "../props-error";
import { queueName } from "./settings";

/** Props of `DeadLetterQueue`. */
export interface DeadLetterQueueProps {
  /** Name of the queue: 1 to 80 letters, digits, `-` and `_`. */
  readonly name: string;
  /** ARN of the topic whose messages it keeps. No other may send to it. */
  readonly topicArn: string;
}

/** Fourteen days, the longest that SQS keeps a message. */
const retentionSeconds = 14 * 24 * 3600;

/**
 * A queue for a topic's messages that SNS could not deliver: encrypted by SQS, over TLS only, and open to that topic alone. A
 * message stays for two weeks or until somebody has taken it out.
 */
export class DeadLetterQueue extends Construct {
  /** ARN of the queue. */
  readonly arn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, { name, topicArn }: DeadLetterQueueProps) {
    new Problems().holds(queueName, "name", name).throwFor(scope, id);
    super(scope, id);
    const queue = new SqsQueue(this, "queue", {
      name,
      // A key of SQS's own: SNS then needs no way to a key of the customer's.
      sqsManagedSseEnabled: true,
      messageRetentionSeconds: retentionSeconds,
    });
    this.arn = queue.arn;
    new SqsQueuePolicy(this, "policy", { queueUrl: queue.url, policy: policyOf(queue.arn, topicArn) });
  }
}

function policyOf(queueArn: string, topicArn: string): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "TopicLeavesMessages",
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queueArn,
        Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
      },
      {
        Sid: "NothingWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "sqs:*",
        Resource: queueArn,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ],
  });
}
