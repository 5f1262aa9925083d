import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { Problems } from "../props-error";
import { AwsAccount } from "./aws-account";
import { policyName } from "./settings";

/** Props of `InstanceReadPolicy`. */
export interface InstanceReadPolicyProps {
  /** Name of the policy: 1 to 128 letters, digits and `+ = , . @ _ -`. */
  readonly name: string;
}

/**
 * What Prometheus may do at least to discover instances of EC2: see which there are in one region. It is attached to the
 * role or user of Prometheus by whoever owns that.
 */
export class InstanceReadPolicy extends Construct {
  /** ARN of the policy. */
  readonly arn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, { name }: InstanceReadPolicyProps) {
    new Problems().holds(policyName, "name", name).throwFor(scope, id);
    super(scope, id);
    const { region } = AwsAccount.of(this);
    const policy = new IamPolicy(this, "policy", {
      name,
      description: "Sees the instances of EC2 in one region",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "SeeInstances",
            Effect: "Allow",
            Action: "ec2:DescribeInstances",
            // It cannot be narrowed to a resource.
            Resource: "*",
            Condition: { StringEquals: { "ec2:Region": region } },
          },
        ],
      }),
    });
    this.arn = policy.arn;
  }
}
