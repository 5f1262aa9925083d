import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { AwsConnection } from "../constructs/cloudwatch/aws-connection";
import { WorkspaceAccessPolicy } from "../constructs/managed-prometheus/access-policy";
import { Workspace } from "../constructs/managed-prometheus/workspace";
import type { Environment } from "../environments";
import { namePrefixOf } from "../environments/aws-names";
import {
  type ManagedEngine,
  workspaceAliasOf,
  workspaceLogGroupNameOf,
} from "../environments/metrics-engine";
import { SelfContainedStack } from "./self-contained-stack";
import { useStateBackend } from "./state-backend";

/** The workspace of Amazon Managed Service for Prometheus that is an environment's engine. */
export class MetricsStack extends SelfContainedStack {
  /** Where agents write, and what asks for samples asks. */
  readonly workspace: Workspace;

  /** @param engine what the environment says of its workspace */
  constructor(
    scope: Construct,
    private readonly environment: Environment,
    engine: ManagedEngine,
  ) {
    super(scope, `${environment.name}-metrics`);
    const { project, name, aws } = environment;
    useStateBackend(this, environment);
    new AwsConnection(this, "aws", {
      ...aws,
      tags: { Project: project, Environment: name },
      alsoEmulated: ["amp"],
    });
    this.workspace = new Workspace(this, "workspace", {
      alias: workspaceAliasOf(environment),
      logGroupName: workspaceLogGroupNameOf(environment),
      logRetentionDays: engine.logs.retentionDays,
    });
    this.addPolicy("agents", "write", "by which agents write to the workspace");
    this.addPolicy("grafana", "read", "by which Grafana reads the workspace");
  }

  /** What a program may do at least; whoever owns its role or user attaches it. */
  private addPolicy(who: "agents" | "grafana", access: "write" | "read", byWhich: string): void {
    const { arn } = new WorkspaceAccessPolicy(this, `${who}-policy`, {
      name: `${namePrefixOf(this.environment)}-${who}-${access}-metrics`,
      workspaceArn: this.workspace.arn,
      access,
    });
    const id = `${who}_policy_arn`;
    const description = `Policy to attach to the role or user ${byWhich}`;
    new TerraformOutput(this, id, { value: arn, description }).overrideLogicalId(id);
  }
}
