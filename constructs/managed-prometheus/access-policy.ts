import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { policyName } from "../cloudwatch/settings";
import { Problems } from "../props-error";

/** Props of `WorkspaceAccessPolicy`. */
export interface WorkspaceAccessPolicyProps {
  /** Name of the policy: 1 to 128 letters, digits and `+ = , . @ _ -`. */
  readonly name: string;
  /** ARN of the workspace. It may be a reference. */
  readonly workspaceArn: string;
  /** What its owner does there: agents write samples, and a reader such as Grafana asks for them and for alerts. */
  readonly access: "write" | "read";
}

/**
 * What writing to one workspace, or reading it, needs at least. Reading is all that Grafana's pages of metrics, rules and
 * alerts ask for; silences are set by people, with rights of their own. It is attached to a role or user by whoever
 * owns that. The actions are those of
 * https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-APIReference-Prometheus-Compatible-Apis.html, November 2026.
 */
export class WorkspaceAccessPolicy extends Construct {
  /** ARN of the policy. */
  readonly arn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, { name, workspaceArn, access }: WorkspaceAccessPolicyProps) {
    new Problems().holds(policyName, "name", name).throwFor(scope, id);
    super(scope, id);
    const { sid, description, actions } = rights[access];
    const policy = new IamPolicy(this, "policy", {
      name,
      description,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Sid: sid,
            Effect: "Allow",
            Action: actions.map((action) => `aps:${action}`),
            Resource: workspaceArn,
          },
        ],
      }),
    });
    this.arn = policy.arn;
  }
}

const rights = {
  write: {
    sid: "WriteSamples",
    description: "Writes samples to one workspace of Amazon Managed Service for Prometheus",
    actions: ["RemoteWrite"],
  },
  read: {
    sid: "AskForSamplesAndAlerts",
    description: "Reads one workspace of Amazon Managed Service for Prometheus",
    actions: [
      "QueryMetrics",
      "GetSeries",
      "GetLabels",
      "GetMetricMetadata",
      "ListRules",
      "ListAlerts",
      "GetAlertManagerStatus",
      "ListAlertManagerAlerts",
      "ListAlertManagerAlertGroups",
      "ListAlertManagerReceivers",
      "ListAlertManagerSilences",
      "GetAlertManagerSilence",
    ],
  },
} as const;
