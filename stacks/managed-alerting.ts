import { PrometheusAlertManagerDefinition } from "@cdktf/provider-aws/lib/prometheus-alert-manager-definition";
import { Construct } from "constructs";
import { managedWayOf, routingKeyName } from "../alerts/managed/definition";
import { type ReceiverSettings, receiverSecret } from "../alerts/receivers";
import { AlertTopic } from "../constructs/managed-prometheus/alert-topic";
import { AlertTopicKey } from "../constructs/managed-prometheus/alert-topic-key";
import { ChatAccess } from "../constructs/managed-prometheus/chat-access";
import { ChatChannel } from "../constructs/managed-prometheus/chat-channel";
import { RoutingKey } from "../constructs/managed-prometheus/routing-key";
import type { Workspace } from "../constructs/managed-prometheus/workspace";
import { sensitiveVariable } from "../constructs/sensitive-variable";
import { terraformLiteral } from "../constructs/terraform-literal";
import type { Environment } from "../environments";
import { chatRoleNameOf, routingKeyNameOf } from "../environments/managed-names";
import { type AlertTopicSettings, alertTopicsOf } from "../environments/managed-topics";
import { namePrefixOf } from "../environments/aws-names";
import { managedDefinitionOf } from "./system";

/** The Alertmanager of a workspace: its definition, and what its receivers are told by. */
export class ManagedAlerting extends Construct {
  /** ARNs of the receivers' topics, by the receiver's name. */
  readonly topicArns: ReadonlyMap<string, string>;
  private readonly key: AlertTopicKey;
  private access: ChatAccess | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly environment: Environment,
    private readonly workspace: Workspace,
  ) {
    super(scope, id);
    const { receivers } = environment.alerting;
    this.key = new AlertTopicKey(this, "key", { alias: `${namePrefixOf(environment)}-alerts` });
    const topics = new Map(
      alertTopicsOf(environment).map((topic) => [topic.receiver.name, this.addTopic(topic).arn]),
    );
    const secrets = receivers
      .filter((receiver) => managedWayOf(receiver).way === "pagerduty")
      .map((receiver) => [receiver.name, this.addRoutingKey(receiver).arn] as const);
    this.topicArns = topics;
    new PrometheusAlertManagerDefinition(this, "definition", {
      workspaceId: workspace.id,
      definition: withReferences(
        (arnOf) => managedDefinitionOf(environment, { topicArn: arnOf, secretArn: arnOf }),
        new Map([...topics, ...secrets]),
      ),
    });
  }

  private addTopic({
    receiver,
    name,
    readers,
    subscribers,
    deadLetterQueueName,
  }: AlertTopicSettings): AlertTopic {
    const topic = new AlertTopic(this, receiver.name, {
      name,
      encryptionKeyArn: this.key.arn,
      workspaceArn: this.workspace.arn,
      subscriptions: subscribers,
      deadLetterQueueName,
    });
    if (readers.kind === "slack" || readers.kind === "teams") {
      this.access ??= new ChatAccess(this, "chat-access", { name: chatRoleNameOf(this.environment) });
      new ChatChannel(topic, "chat", { name, channel: readers, topicArn: topic.arn, access: this.access });
    }
    return topic;
  }

  private addRoutingKey(receiver: ReceiverSettings): RoutingKey {
    const secret = receiverSecret(receiver);
    if (!("variable" in secret)) throw new Error(`${receiver.name} has no secret.`);
    return new RoutingKey(this, receiver.name, {
      name: routingKeyNameOf(this.environment, receiver.name),
      key: routingKeyName,
      value: sensitiveVariable(this, secret.variable, secret.description).stringValue,
      encryptionKeyArn: this.key.arn,
      workspaceArn: this.workspace.arn,
    });
  }
}

/** A text for Terraform in which ARNs are references; all else in it stays as it is. */
function withReferences(
  render: (arnOf: (name: string) => string) => string,
  arns: ReadonlyMap<string, string>,
): string {
  const mark = (name: string) => `reference-to-${name}-`;
  let text = terraformLiteral(render(mark));
  for (const [name, arn] of arns) text = text.replaceAll(mark(name), arn);
  return text;
}
