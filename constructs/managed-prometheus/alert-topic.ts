import type { Construct } from "constructs";
import { SubscribedTopic, type SubscribedTopicProps } from "../cloudwatch/subscribed-topic";

/** Props of `AlertTopic`. */
export interface AlertTopicProps extends SubscribedTopicProps {
  /** ARN of a customer-managed key that workspaces may use, such as an `AlertTopicKey`'s. */
  readonly encryptionKeyArn: string;
  /** ARN of the workspace whose Alertmanager publishes. */
  readonly workspaceArn: string;
}

/**
 * An SNS topic to which the Alertmanager of one workspace publishes: encrypted, over TLS only, and by its policy open to
 * that workspace alone. (People and programs of the account whose own IAM policies let them publish still can, as everywhere
 * in AWS.)
 */
export class AlertTopic extends SubscribedTopic {
  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id, props, ({ accountId }) => ({
      sid: "WorkspacePublishes",
      service: "aps.amazonaws.com",
      alsoActions: ["sns:GetTopicAttributes"],
      condition: {
        StringEquals: { "aws:SourceAccount": accountId },
        ArnEquals: { "aws:SourceArn": props.workspaceArn },
      },
    }));
  }
}
