import { SqsQueue } from "@cdktf/provider-aws/lib/sqs-queue";
import { Token } from "cdktf";
import type { Construct } from "constructs";
import { AlarmTopic, type AlarmTopicProps } from "../../../constructs/cloudwatch/alarm-topic";
import { AlarmTopicKey } from "../../../constructs/cloudwatch/alarm-topic-key";
import { AlarmTopics } from "../../../constructs/cloudwatch/alarm-topics";
import type { Subscription } from "../../../constructs/cloudwatch/topic-subscription";
import { parsed } from "../../support/template";
import { matching, messageOf, synth } from "./support";

const account = /^\$\{data\.aws_caller_identity\.aws-account_caller_\w+\.account_id\}$/;
const pager: Subscription = { protocol: "https", endpoint: { secret: "pager_url" } };
const mail: Subscription = { protocol: "email", address: "ops@example.com" };
const queue: Subscription = { protocol: "sqs", queueArn: "arn:aws:sqs:eu-west-1:123456789012:alarms" };

const topics = (critical: Subscription[] = [], warning: Subscription[] = []) =>
  synth((stack) => {
    new AlarmTopics(stack, "topics", { namePrefix: "shop-prod", subscriptions: { critical, warning } });
  });

/** The redrive policy of a subscription to the topic of a severity. */
const leftTo = (severity: string) =>
  matching(
    new RegExp(
      `^\\{"deadLetterTargetArn":"\\$\\{aws_sqs_queue\\.topics_${severity}_dead-letters_queue_\\w+\\.arn\\}"\\}$`,
    ),
  );

describe("AlarmTopics", () => {
  it("is a topic a severity under one customer-managed key", () => {
    const template = topics();
    const [keyId] = template.logicalIds("aws_kms_key");
    const encrypted = { kms_master_key_id: `\${aws_kms_key.${String(keyId)}.arn}` };
    expect(template.resources("aws_kms_key")).toHaveLength(1);
    expect(template.resources("aws_sns_topic")).toEqual([
      { name: "shop-prod-critical", ...encrypted },
      { name: "shop-prod-warning", ...encrypted },
    ]);
    expect(template.resource("aws_kms_alias")).toMatchObject({ name: "alias/shop-prod-alarms" });
  });

  it("routes each severity to its topic", () => {
    const template = synth((stack) => {
      const made = new AlarmTopics(stack, "topics", {
        namePrefix: "shop-prod",
        subscriptions: { critical: [], warning: [] },
      });
      expect(made.actionsFor("critical")).toEqual([made.critical.arn]);
      expect(made.actionsFor("warning")).toEqual([made.warning.arn]);
      expect(made.critical.arn).not.toBe(made.warning.arn);
    });
    expect(template.resources("aws_sns_topic")).toHaveLength(2);
  });

  it("subscribes who is listed to the severity", () => {
    const template = topics([mail, pager], [mail, queue]);
    const [critical, warning] = template
      .logicalIds("aws_sns_topic")
      .map((id) => `\${aws_sns_topic.${id}.arn}`);
    expect(template.resources("aws_sns_topic_subscription")).toEqual([
      { topic_arn: critical, protocol: "email", endpoint: "ops@example.com" },
      {
        topic_arn: critical,
        protocol: "https",
        endpoint: "${var.pager_url}",
        delivery_policy: matching(/^\{"healthyRetryPolicy":\{.*"numRetries":20,.*\}\}$/),
        redrive_policy: leftTo("critical"),
        lifecycle: {
          precondition: [
            {
              condition: '${startswith(var.pager_url, "https://")}',
              error_message: "The value of the variable pager_url must start with https://.",
            },
          ],
        },
      },
      { topic_arn: warning, protocol: "email", endpoint: "ops@example.com" },
      {
        topic_arn: warning,
        protocol: "sqs",
        endpoint: "arn:aws:sqs:eu-west-1:123456789012:alarms",
        redrive_policy: leftTo("warning"),
      },
    ]);
  });

  it("keeps what a URL or a queue did not get, in a queue that its topic alone can send to", () => {
    const template = topics([mail, pager], [mail]);
    expect(template.resource("aws_sqs_queue")).toEqual({
      name: "shop-prod-critical-dlq",
      sqs_managed_sse_enabled: true,
      message_retention_seconds: 14 * 24 * 3600,
    });
    const [topic = ""] = template.logicalIds("aws_sns_topic").filter((id) => id.includes("critical"));
    const [queueId = ""] = template.logicalIds("aws_sqs_queue");
    expect(parsed(template.resource("aws_sqs_queue_policy"), "policy").Statement).toEqual([
      {
        Sid: "TopicLeavesMessages",
        Effect: "Allow",
        Principal: { Service: "sns.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: `\${aws_sqs_queue.${queueId}.arn}`,
        Condition: { ArnEquals: { "aws:SourceArn": `\${aws_sns_topic.${topic}.arn}` } },
      },
      expect.objectContaining({ Sid: "NothingWithoutTls", Effect: "Deny", Action: "sqs:*" }),
    ]);
  });

  it("tries a URL again for less than the hour that SNS allows", () => {
    const [, https] = topics([mail, pager]).resources("aws_sns_topic_subscription");
    const { healthyRetryPolicy: policy } = parsed(https ?? {}, "delivery_policy") as unknown as {
      healthyRetryPolicy: Record<string, number>;
    };
    const [retries, atOnce, fast, slow, min, max] = [
      "numRetries",
      "numNoDelayRetries",
      "numMinDelayRetries",
      "numMaxDelayRetries",
      "minDelayTarget",
      "maxDelayTarget",
    ].map((key) => policy[key] ?? NaN) as [number, number, number, number, number, number];
    // At most: the intervals in between grow up to the longest.
    expect(fast * min + (retries - atOnce - fast) * max).toBeLessThan(3600);
    expect(slow * max).toBeGreaterThan(600);
  });

  it("makes no queue where mails alone are sent", () => {
    expect(topics([mail], [mail]).resources("aws_sqs_queue")).toEqual([]);
  });

  it("refuses a name that is too long for the queue", () => {
    const props = { name: "team", encryptionKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1" };
    const deadLetterQueueName = "q".repeat(81);
    const refused = messageOf(
      (stack) =>
        void new AlarmTopic(stack, "team", { ...props, deadLetterQueueName, subscriptions: [pager] }),
    );
    expect(refused).toContain("deadLetterQueueName: found ");
    expect(refused).toContain("allowed: 1 to 80 letters, digits, - and _");
  });

  it("makes the same resources of the same subscriptions in another order", () => {
    expect(topics([mail, pager, queue]).text).toBe(topics([queue, mail, pager]).text);
  });

  it("takes a secret URL from one sensitive variable without default, however often it is used", () => {
    const template = topics([pager], [pager]);
    expect(template.variables()).toEqual({
      pager_url: {
        type: "string",
        description: "URL that SNS sends alarm notifications to",
        sensitive: true,
        nullable: false,
      },
    });
  });
});

describe("AlarmTopicKey", () => {
  const key = topics().resource("aws_kms_key");

  it("rotates and can be restored for a month", () => {
    expect(key).toMatchObject({ enable_key_rotation: true, deletion_window_in_days: 30 });
  });

  it("is administered by the account and used by CloudWatch for this account alone", () => {
    expect(parsed(key, "policy").Statement).toEqual([
      {
        Sid: "AccountAdministersKey",
        Effect: "Allow",
        Principal: { AWS: matching(/^arn:\$\{data\.aws_partition\..*\}:iam::\$\{.*\}:root$/) },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "AlarmsOfThisAccountUseKey",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: { StringEquals: { "aws:SourceAccount": matching(account) } },
      },
    ]);
  });

  it.each([
    [{ alias: "aws/sns" }, "alias: found "],
    [{ alias: "" }, "alias: found "],
    [
      { alias: "shop", deletionWindowDays: 6 },
      "deletionWindowDays: found 6, allowed: a whole number from 7 to 30",
    ],
    [{ alias: "shop", deletionWindowDays: 31 }, "deletionWindowDays: found 31"],
  ])("refuses %j", (props, problem) => {
    expect(messageOf((stack) => void new AlarmTopicKey(stack, "key", props))).toContain(problem);
  });
});

describe("AlarmTopic", () => {
  const encryptionKeyArn = "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const topic = (scope: Construct, props: Partial<AlarmTopicProps> = {}) =>
    new AlarmTopic(scope, "team", { name: "team", encryptionKeyArn, ...props });

  it("admits this account's alarms of the prefix, and nobody without TLS", () => {
    const template = synth((stack) => void topic(stack, { alarmNamePrefix: "shop-" }));
    const policy = template.resource("aws_sns_topic_policy");
    const arn = `\${aws_sns_topic.${String(template.logicalIds("aws_sns_topic")[0])}.arn}`;
    expect(policy.arn).toBe(arn);
    expect(parsed(policy, "policy")).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "AlarmsOfThisAccountPublish",
          Effect: "Allow",
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Action: "sns:Publish",
          Resource: arn,
          Condition: {
            StringEquals: { "aws:SourceAccount": matching(account) },
            ArnLike: {
              "aws:SourceArn": matching(
                /^arn:\$\{data\.aws_partition\.\S+\}:cloudwatch:\$\{data\.aws_region\.\S+\.id\}:\$\{data\.aws_caller_identity\.\S+\}:alarm:shop-\*$/,
              ),
            },
          },
        },
        {
          Sid: "NothingWithoutTls",
          Effect: "Deny",
          Principal: "*",
          Action: "sns:Publish",
          Resource: arn,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  it("asks for the account once a stack, however many topics there are", () => {
    const template = synth((stack) => {
      topic(stack);
      new AlarmTopic(stack, "other", { name: "other", encryptionKeyArn });
    });
    expect(template.data("aws_caller_identity")).toHaveLength(1);
  });

  it("takes a queue of the same stack under an id of one's own", () => {
    const template = synth((stack) => {
      const made = new SqsQueue(stack, "queue", { name: "alarms" });
      topic(stack).subscribe("queue", { protocol: "sqs", queueArn: made.arn });
    });
    expect(template.resource("aws_sns_topic_subscription").endpoint).toBe("${aws_sqs_queue.queue.arn}");
    expect(
      messageOf((stack) => {
        const queueArn = Token.asString({ Ref: "a queue that Terraform makes" });
        topic(stack, { subscriptions: [{ protocol: "sqs", queueArn }] });
      }),
    ).toContain("no stable id");
  });

  it.each<[Partial<AlarmTopicProps>, string]>([
    [
      { name: "a topic" },
      'foreign/team: 1 problem in its props:\n  name: found "a topic", allowed: 1 to 256',
    ],
    [{ alarmNamePrefix: "*" }, 'alarmNamePrefix: found "*"'],
    [
      { subscriptions: [mail, mail] },
      'subscriptions: found ["email-ops@example.com"], allowed: each subscription once',
    ],
  ])("refuses %j", (props, problem) => {
    expect(messageOf((stack) => void topic(stack, props))).toContain(problem);
  });

  it("tells what is wrong with it and with all its subscriptions at once", () => {
    const subscriptions: Subscription[] = [
      { protocol: "email", address: "ops" },
      mail,
      { protocol: "https", endpoint: { secret: "Pager" } },
    ];
    expect(messageOf((stack) => void topic(stack, { name: "a topic", subscriptions }))).toMatch(
      /^foreign\/team: 3 problems in its props:\n {2}name: .*\n {2}subscriptions\[0\]\.address: .*\n {2}subscriptions\[2\]\.endpoint\.secret: /,
    );
  });

  it.each<[Subscription, string]>([
    [{ protocol: "email", address: "ops" }, 'address: found "ops", allowed: an e-mail address'],
    [
      { protocol: "https", endpoint: "http://example.com" },
      'endpoint: found "http://example.com", allowed: an https:// URL',
    ],
    [
      { protocol: "https", endpoint: { secret: "1pager" } },
      'endpoint.secret: found "1pager", allowed: a variable\'s name of a-z, 0-9 and single underscores',
    ],
    [
      { protocol: "sqs", queueArn: "arn:aws:sqs:eu-west-1:123456789012:alarms.fifo" },
      'allowed: the ARN of a standard queue such as "arn:aws:sqs:eu-central-1:123456789012:alarms"',
    ],
  ])("refuses the subscription %j", (subscription, problem) => {
    expect(() => synth((stack) => topic(stack).subscribe("who", subscription))).toThrow(problem);
  });
});
