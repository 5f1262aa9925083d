import { PrometheusRuleGroupNamespace } from "@cdktf/provider-aws/lib/prometheus-rule-group-namespace";
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { AwsConnection } from "../constructs/cloudwatch/aws-connection";
import { WorkspaceAccessPolicy } from "../constructs/managed-prometheus/access-policy";
import { Workspace } from "../constructs/managed-prometheus/workspace";
import { terraformLiteral } from "../constructs/terraform-literal";
import { type Environment, refuse } from "../environments";
import { namePrefixOf } from "../environments/aws-names";
import {
  type ManagedEngine,
  workspaceAliasOf,
  workspaceLogGroupNameOf,
} from "../environments/metrics-engine";
import { ManagedAlerting } from "./managed-alerting";
import { quotaProblems } from "./managed-quotas";
import { checkRouting } from "./routing-checks";
import { SelfContainedStack } from "./self-contained-stack";
import { useStateBackend } from "./state-backend";
import { ruleNamespacesOf } from "./system";

/** Services of AWS, by the provider's names, that this stack has besides those of alarms. */
const alsoEmulated = ["amp", "chatbot", "secretsmanager"];

/**
 * The workspace of Amazon Managed Service for Prometheus that is an environment's engine: rules, its Alertmanager with the
 * topics that it tells, and the policies by which others reach it.
 */
export class MetricsStack extends SelfContainedStack {
  /** Where agents write, and what asks for samples asks. */
  readonly workspace: Workspace;

  /**
   * @param engine what the environment says of its workspace
   * @throws EnvironmentError for routes that make no sense with these services, and for what no workspace takes
   */
  constructor(
    scope: Construct,
    private readonly environment: Environment,
    engine: ManagedEngine,
  ) {
    super(scope, `${environment.name}-metrics`);
    const { project, name, aws } = environment;
    checkRouting(environment);
    refuse(environment, quotaProblems(environment));
    useStateBackend(this, environment);
    new AwsConnection(this, "aws", {
      ...aws,
      tags: { Project: project, Environment: name },
      alsoEmulated,
    });
    this.workspace = new Workspace(this, "workspace", {
      alias: workspaceAliasOf(environment),
      logGroupName: workspaceLogGroupNameOf(environment),
      logRetentionDays: engine.logs.retentionDays,
    });
    for (const [namespace, rules] of Object.entries(ruleNamespacesOf(environment))) {
      new PrometheusRuleGroupNamespace(this, `rules-${namespace}`, {
        workspaceId: this.workspace.id,
        name: namespace,
        data: terraformLiteral(rules),
      });
    }
    new ManagedAlerting(this, "alerting", environment, this.workspace);
    this.putOutPolicies();
  }

  /** What others may do with the workspace; whoever owns their roles or users attaches it. */
  private putOutPolicies(): void {
    const prefix = namePrefixOf(this.environment);
    const policies = [
      { id: "agents", use: "writes", does: "writes-metrics", whose: "by which agents write samples" },
      { id: "grafana", use: "silences", does: "asks-metrics", whose: "by which Grafana asks and silences" },
      { id: "verify", use: "asks", does: "reads-metrics", whose: "by which npm run verify asks" },
    ] as const;
    for (const { id, use, does, whose } of policies) {
      const { arn: value } = new WorkspaceAccessPolicy(this, id, {
        name: `${prefix}-${id}-${does}`,
        workspaceArn: this.workspace.arn,
        use,
      });
      const output = `${id}_policy_arn`;
      const description = `Policy to attach to the role or user ${whose}`;
      new TerraformOutput(this, output, { value, description }).overrideLogicalId(output);
    }
  }
}
