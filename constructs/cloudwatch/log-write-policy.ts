import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { Problems } from "../props-error";
import { AwsAccount } from "./aws-account";
import { policyName } from "./settings";

/** Props of `LogWritePolicy`. */
export interface LogWritePolicyProps {
  /** Name of the policy: 1 to 128 letters, digits and `+ = , . @ _ -`. */
  readonly name: string;
  /** Name of the log group that lines are written to. */
  readonly logGroupName: string;
}

/**
 * What a sender of log lines may do at least: make streams in one log group and write to them. It makes no group, and
 * reads nothing. It is attached to the role or user of the sender by whoever owns that.
 */
export class LogWritePolicy extends Construct {
  /** ARN of the policy. */
  readonly arn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, { name, logGroupName }: LogWritePolicyProps) {
    new Problems().holds(policyName, "name", name).throwFor(scope, id);
    super(scope, id);
    const { accountId, region, partition } = AwsAccount.of(this);
    const policy = new IamPolicy(this, "policy", {
      name,
      description: "Writes lines to one log group of CloudWatch",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "WriteLines",
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource: `arn:${partition}:logs:${region}:${accountId}:log-group:${logGroupName}:*`,
          },
        ],
      }),
    });
    this.arn = policy.arn;
  }
}
