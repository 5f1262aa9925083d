import { IamPolicy } from "@cdktf/provider-aws/lib/iam-policy";
import { Construct } from "constructs";
import { policyName } from "../cloudwatch/settings";
import { Problems } from "../props-error";

/** What somebody does with a workspace. */
export type WorkspaceUse = "writes" | "asks" | "silences";

/** Props of `WorkspaceAccessPolicy`. */
export interface WorkspaceAccessPolicyProps {
  /** Name of the policy: 1 to 128 letters, digits and `+ = , . @ _ -`. */
  readonly name: string;
  /** ARN of the workspace. */
  readonly workspaceArn: string;
  /** `writes`: agents, which can read nothing. `asks`: what can change nothing. `silences`: what asks, and silences alerts. */
  readonly use: WorkspaceUse;
}

/**
 * The actions of each use:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonmanagedserviceforprometheus.html,
 * November 2026.
 */
const asking = [
  "aps:QueryMetrics",
  "aps:GetSeries",
  "aps:GetLabels",
  "aps:GetMetricMetadata",
  "aps:ListRules",
  "aps:ListAlerts",
  "aps:GetAlertManagerStatus",
  "aps:GetAlertManagerSilence",
  "aps:ListAlertManagerAlerts",
  "aps:ListAlertManagerAlertGroups",
  "aps:ListAlertManagerReceivers",
  "aps:ListAlertManagerSilences",
];
const actions: Readonly<
  Record<WorkspaceUse, { readonly sid: string; readonly description: string; readonly of: readonly string[] }>
> = {
  writes: { sid: "WriteSamples", description: "Writes samples to one workspace", of: ["aps:RemoteWrite"] },
  asks: { sid: "AskForSamplesRulesAndAlerts", description: "Reads one workspace", of: asking },
  silences: {
    sid: "AskAndSilence",
    description: "Reads one workspace, and silences its alerts",
    of: [...asking, "aps:PutAlertManagerSilences", "aps:DeleteAlertManagerSilence"],
  },
};

/** The least that somebody must be let do with one workspace, to be attached by whoever owns the role or user. */
export class WorkspaceAccessPolicy extends Construct {
  /** ARN of the policy. */
  readonly arn: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, { name, workspaceArn, use }: WorkspaceAccessPolicyProps) {
    new Problems().holds(policyName, "name", name).throwFor(scope, id);
    super(scope, id);
    const { sid, description, of } = actions[use];
    const policy = new IamPolicy(this, "policy", {
      name,
      description,
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Sid: sid, Effect: "Allow", Action: of, Resource: workspaceArn }],
      }),
    });
    this.arn = policy.arn;
  }
}
