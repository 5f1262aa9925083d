import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { PrometheusWorkspace } from "@cdktf/provider-aws/lib/prometheus-workspace";
import { Construct } from "constructs";
import { retentionDays } from "../cloudwatch/settings";
import { Problems } from "../props-error";
import { workspaceAlias, workspaceLogGroupName } from "./settings";
import { WorkspaceKey } from "./workspace-key";

/** Props of `Workspace`. */
export interface WorkspaceProps {
  /** Name of the workspace in the console, and of its key: 1 to 100 letters, digits and `. _ -`. */
  readonly alias: string;
  /** Name of the log group of its ruler and Alertmanager; it begins with `/aws/vendedlogs/`. */
  readonly logGroupName: string;
  /** Days for which log lines are kept, one of those that CloudWatch Logs has. */
  readonly logRetentionDays: number;
}

/**
 * A workspace of Amazon Managed Service for Prometheus: samples and log lines are encrypted by a key of the account's own,
 * and Terraform refuses to destroy workspace and key. Its attributes are references: what uses them is made after it.
 */
export class Workspace extends Construct {
  /** Id, such as `ws-0123abcd-…`. */
  readonly id: string;
  /** ARN. */
  readonly arn: string;
  /** Base URL of its Prometheus API, with a slash at its end: `https://aps-workspaces.<region>.amazonaws.com/workspaces/<id>/`. */
  readonly endpoint: string;
  /** URL at which agents write. */
  readonly remoteWriteUrl: string;
  /** Base URL of its Alertmanager's API, without a slash at its end: `/api/v2/alerts` is below it. */
  readonly alertmanagerUrl: string;
  /** Name of its log group. */
  readonly logGroupName: string;

  /** @throws PropsError for what AWS would refuse */
  constructor(scope: Construct, id: string, { alias, logGroupName, logRetentionDays }: WorkspaceProps) {
    new Problems()
      .holds(workspaceAlias, "alias", alias)
      .holds(workspaceLogGroupName, "logGroupName", logGroupName)
      .holds(retentionDays, "logRetentionDays", logRetentionDays)
      .throwFor(scope, id);
    super(scope, id);
    const key = new WorkspaceKey(this, "key", { alias, logGroupName });
    const logGroup = new CloudwatchLogGroup(this, "logs", {
      name: logGroupName,
      retentionInDays: logRetentionDays,
      kmsKeyId: key.arn,
    });
    const workspace = new PrometheusWorkspace(this, "workspace", {
      alias,
      kmsKeyArn: key.arn,
      // The service names a group by all of its streams.
      loggingConfiguration: { logGroupArn: `${logGroup.arn}:*` },
      lifecycle: { preventDestroy: true },
    });
    this.id = workspace.id;
    this.arn = workspace.arn;
    this.endpoint = workspace.prometheusEndpoint;
    this.remoteWriteUrl = `${this.endpoint}api/v1/remote_write`;
    this.alertmanagerUrl = `${this.endpoint}alertmanager`;
    this.logGroupName = logGroup.name;
  }
}
