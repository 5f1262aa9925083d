import { ChatbotSlackChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-slack-channel-configuration";
import { ChatbotTeamsChannelConfiguration } from "@cdktf/provider-aws/lib/chatbot-teams-channel-configuration";
import { Construct } from "constructs";
import type { ChatAccess } from "./chat-access";

/** A channel, by the ids that its service gave it. Somebody has authorized the workspace or team in the account before. */
export type Channel =
  | { readonly kind: "slack"; readonly workspaceId: string; readonly channelId: string }
  | {
      readonly kind: "teams";
      readonly tenantId: string;
      readonly teamId: string;
      /** Percent-encoded, as the channel's link has it. */
      readonly channelId: string;
    };

/** Props of `ChatChannel`. */
export interface ChatChannelProps {
  /** Name of the configuration, unique in the account. */
  readonly name: string;
  /** The channel in which they are shown. */
  readonly channel: Channel;
  /** ARN of the topic whose messages are shown. */
  readonly topicArn: string;
  /** What may be done from the channel. */
  readonly access: ChatAccess;
}

/** A channel in which Amazon Q Developer in chat applications shows the messages of a topic. */
export class ChatChannel extends Construct {
  constructor(scope: Construct, id: string, { name, channel, topicArn, access }: ChatChannelProps) {
    super(scope, id);
    const shared = {
      configurationName: name,
      iamRoleArn: access.roleArn,
      guardrailPolicyArns: [access.guardrailArn],
      snsTopicArns: [topicArn],
      loggingLevel: "ERROR",
    };
    if (channel.kind === "slack") {
      new ChatbotSlackChannelConfiguration(this, "channel", {
        ...shared,
        slackTeamId: channel.workspaceId,
        slackChannelId: channel.channelId,
      });
      return;
    }
    const { tenantId, teamId, channelId } = channel;
    new ChatbotTeamsChannelConfiguration(this, "channel", { ...shared, tenantId, teamId, channelId });
  }
}
