import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { policyName } from "../cloudwatch/settings";
import { Problems } from "../props-error";

/** Props of `ChatAccess`. */
export interface ChatAccessProps {
  /** Name of the role and of the policy: 1 to 64 letters, digits and `+ = , . @ _ -`. */
  readonly name: string;
}

/**
 * What Amazon Q Developer in chat applications may do in the account for those who are in a channel: nothing. It shows what
 * a topic sends it without a permission, and without a guardrail of one's own it would have that of an administrator:
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html, November 2026.
 */
export class ChatAccess extends Construct {
  /** ARN of the role, which has no policy. */
  readonly roleArn: string;
  /** ARN of the guardrail, which denies everything. */
  readonly guardrailArn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, { name }: ChatAccessProps) {
    new Problems()
      .holds(policyName, "name", name)
      .expect(name.length <= 64, "name", name, "at most 64 characters: it is a role's, too")
      .throwFor(scope, id);
    super(scope, id);
    this.roleArn = new IamRole(this, "role", {
      name,
      description: "Shows alerts in chat channels, and may do nothing else",
      assumeRolePolicy: policy("AssumeByAmazonQ", {
        Effect: "Allow",
        Principal: { Service: "chatbot.amazonaws.com" },
        Action: "sts:AssumeRole",
      }),
    }).arn;
    this.guardrailArn = new IamPolicy(this, "guardrail", {
      name,
      description: "Nobody does anything from a chat channel",
      policy: policy("Nothing", { Effect: "Deny", Action: "*", Resource: "*" }),
    }).arn;
  }
}

function policy(sid: string, statement: object): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Sid: sid, ...statement }] });
}
