import type { Construct } from "constructs";
import { AwsConnection } from "../constructs/cloudwatch/aws-connection";
import { Workspace } from "../constructs/managed-prometheus/workspace";
import type { Environment } from "../environments";
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
  constructor(scope: Construct, environment: Environment, engine: ManagedEngine) {
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
  }
}
