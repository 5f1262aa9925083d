import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { Problems } from "../props-error";
import { AwsAccount } from "./aws-account";
import { policyName } from "./settings";

/** Props of `CloudWatchReadPolicy`. */
export interface CloudWatchReadPolicyProps {
  /** Name of the policy: 1 to 128 letters, digits and `+ = , . @ _ -`. */
  readonly name: string;
  /** Only the history of alarms whose names start with this may be read. */
  readonly alarmNamePrefix: string;
  /**
   * Name of a log group whose lines may be read, too.
   * @default - no lines
   */
  readonly logGroupName?: string;
}

/**
 * What a reader such as Grafana may do at least to draw metrics and show the states of alarms and the lines of one log group.
 * It is attached to the role or user of the reader by whoever owns that.
 */
export class CloudWatchReadPolicy extends Construct {
  /** ARN of the policy. */
  readonly arn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, props: CloudWatchReadPolicyProps) {
    const { name, alarmNamePrefix, logGroupName } = props;
    new Problems().holds(policyName, "name", name).throwFor(scope, id);
    super(scope, id);
    const policy = new IamPolicy(this, "policy", {
      name,
      description: "Reads metrics and alarms of CloudWatch, and lines of one log group",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          // None of these can be narrowed to a resource.
          {
            Sid: "ReadMetricsAndAlarms",
            Effect: "Allow",
            Action: [
              "cloudwatch:GetMetricData",
              "cloudwatch:ListMetrics",
              "cloudwatch:DescribeAlarms",
              "cloudwatch:DescribeAlarmsForMetric",
            ],
            Resource: "*",
          },
          {
            Sid: "ReadHistoryOfAlarms",
            Effect: "Allow",
            Action: "cloudwatch:DescribeAlarmHistory",
            Resource: this.arnOf("cloudwatch", `alarm:${alarmNamePrefix}*`),
          },
          ...(logGroupName === undefined ? [] : this.linesOf(logGroupName)),
        ],
      }),
    });
    this.arn = policy.arn;
  }

  private linesOf(logGroupName: string) {
    return [
      {
        Sid: "AskForLines",
        Effect: "Allow",
        Action: ["logs:StartQuery", "logs:GetLogGroupFields", "logs:GetLogEvents"],
        Resource: this.arnOf("logs", `log-group:${logGroupName}:*`),
      },
      // A query's answer is of no resource.
      {
        Sid: "ReadAnswers",
        Effect: "Allow",
        Action: ["logs:GetQueryResults", "logs:StopQuery"],
        Resource: "*",
      },
    ];
  }

  private arnOf(service: string, resource: string): string {
    const { accountId, region, partition } = AwsAccount.of(this);
    return `arn:${partition}:${service}:${region}:${accountId}:${resource}`;
  }
}
