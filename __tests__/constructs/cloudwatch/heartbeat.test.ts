import { AlarmTopics } from "../../../constructs/cloudwatch/alarm-topics";
import { Heartbeat, type HeartbeatProps } from "../../../constructs/cloudwatch/heartbeat";
import { parsed } from "../../support/template";
import { matching, messageOf, synth } from "./support";

const props: HeartbeatProps = {
  name: "shop-prod-heartbeat",
  encryptionKeyArn: "arn:aws:kms:eu-west-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
  endpoint: { secret: "aws_heartbeat_url" },
};

const heartbeat = (own: Partial<HeartbeatProps> = {}) =>
  synth((stack) => void new Heartbeat(stack, "heartbeat", { ...props, ...own }));

describe("Heartbeat", () => {
  const template = heartbeat();
  const topic = `\${aws_sns_topic.${String(template.logicalIds("aws_sns_topic")[0])}.arn}`;
  const rule = `\${aws_cloudwatch_event_rule.${String(template.logicalIds("aws_cloudwatch_event_rule")[0])}.name}`;

  it("is a rule that publishes every five minutes to an encrypted topic of its own", () => {
    expect(template.resource("aws_sns_topic")).toEqual({
      name: "shop-prod-heartbeat",
      kms_master_key_id: props.encryptionKeyArn,
    });
    expect(template.resource("aws_cloudwatch_event_rule")).toMatchObject({
      name: "shop-prod-heartbeat",
      schedule_expression: "rate(5 minutes)",
      state: "ENABLED",
    });
    expect(template.resource("aws_cloudwatch_event_target")).toEqual({
      rule,
      target_id: "heartbeat",
      arn: topic,
    });
  });

  it.each([
    [1, "rate(1 minute)"],
    [60, "rate(60 minutes)"],
  ])("every %d minutes is %s", (everyMinutes, schedule) => {
    expect(heartbeat({ everyMinutes }).resource("aws_cloudwatch_event_rule")).toMatchObject({
      schedule_expression: schedule,
    });
  });

  it("admits EventBridge, and nobody without TLS", () => {
    expect(parsed(template.resource("aws_sns_topic_policy"), "policy").Statement).toEqual([
      {
        Sid: "EventBridgePublishes",
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sns:Publish",
        Resource: topic,
      },
      {
        Sid: "NothingWithoutTls",
        Effect: "Deny",
        Principal: "*",
        Action: "sns:Publish",
        Resource: topic,
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    ]);
  });

  it("calls a URL that a sensitive variable holds, and that must be https://", () => {
    expect(template.resource("aws_sns_topic_subscription")).toMatchObject({
      topic_arn: topic,
      protocol: "https",
      endpoint: "${var.aws_heartbeat_url}",
      lifecycle: { precondition: [{ condition: '${startswith(var.aws_heartbeat_url, "https://")}' }] },
    });
    expect(template.variables()).toEqual({
      aws_heartbeat_url: {
        type: "string",
        description: "URL that SNS sends heartbeats to",
        sensitive: true,
        nullable: false,
      },
    });
  });

  it.each<[Partial<HeartbeatProps>, string]>([
    [{ name: "a".repeat(65) }, "allowed: 1 to 64 letters, digits, - and _"],
    [{ everyMinutes: 0 }, "everyMinutes: found 0, allowed: a whole number from 1 to 60"],
    [{ everyMinutes: 1.5 }, "everyMinutes: found 1.5"],
    [{ endpoint: "http://example.com" }, 'endpoint: found "http://example.com", allowed: an https:// URL'],
    [{ endpoint: { secret: "URL" } }, 'endpoint.secret: found "URL", allowed: a variable\'s name'],
  ])("refuses %j", (own, problem) => {
    expect(messageOf((stack) => void new Heartbeat(stack, "heartbeat", { ...props, ...own }))).toContain(
      problem,
    );
  });
});

describe("AlarmTopics with a heartbeat", () => {
  const topics = (own: object) =>
    synth((stack) => {
      const subscriptions = { critical: [], warning: [] };
      new AlarmTopics(stack, "topics", { namePrefix: "shop-prod", subscriptions, ...own });
    });
  const template = topics({ heartbeat: { endpoint: props.endpoint, everyMinutes: 10 } });

  it("has it under the key of the alarms, which EventBridge may use then", () => {
    const key = matching(/^\$\{aws_kms_key\.topics_key_\w+\.arn\}$/);
    expect(template.resources("aws_sns_topic")).toEqual(
      ["critical", "heartbeat", "warning"].map((each) => ({
        name: `shop-prod-${each}`,
        kms_master_key_id: key,
      })),
    );
    expect(parsed(template.resource("aws_kms_key"), "policy").Statement).toContainEqual({
      Sid: "EventBridgeUsesKey",
      Effect: "Allow",
      Principal: { Service: "events.amazonaws.com" },
      Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
      Resource: "*",
    });
    expect(template.resource("aws_cloudwatch_event_rule")).toMatchObject({
      schedule_expression: "rate(10 minutes)",
    });
  });

  it("lets EventBridge publish to the heartbeat's topic alone", () => {
    const admitting = template
      .resources("aws_sns_topic_policy")
      .filter(({ policy }) => String(policy).includes("events.amazonaws.com"));
    expect(admitting).toEqual([
      expect.objectContaining({ arn: matching(/^\$\{aws_sns_topic\.topics_heartbeat_topic_\w+\.arn\}$/) }),
    ]);
  });

  it("leaves the alarms' topics as they are without one", () => {
    const without = topics({});
    expect(without.logicalIds()).not.toEqual([]);
    expect(template.logicalIds()).toEqual(expect.arrayContaining(without.logicalIds()));
    expect(without.text).not.toContain("events.amazonaws.com");
  });
});
