import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsPartition } from "@cdktf/provider-aws/lib/data-aws-partition";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";

/** The account, region and partition into which a stack is deployed: known to Terraform, not to synth. */
export class AwsAccount extends Construct {
  /** Twelve digits. */
  readonly accountId: string;
  /** Such as `eu-central-1`. */
  readonly region: string;
  /** `aws`, `aws-cn` or `aws-us-gov`. */
  readonly partition: string;

  /** The one of the stack, made at first use. */
  static of(scope: Construct): AwsAccount {
    const stack = TerraformStack.of(scope);
    const existing = stack.node.tryFindChild("aws-account");
    return existing instanceof AwsAccount ? existing : new AwsAccount(stack, "aws-account");
  }

  private constructor(scope: Construct, id: string) {
    super(scope, id);
    this.accountId = new DataAwsCallerIdentity(this, "caller").accountId;
    // Its id is the region's name in every version of the provider; `name` and `region` are not.
    this.region = new DataAwsRegion(this, "region").id;
    this.partition = new DataAwsPartition(this, "partition").partition;
  }
}
