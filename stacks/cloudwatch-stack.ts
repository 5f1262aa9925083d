import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { isOfAgent, isOfMachines } from "../constructs/cloudwatch/alarm-kind";
import { AlarmTopics } from "../constructs/cloudwatch/alarm-topics";
import { AlarmOfKind } from "../constructs/cloudwatch/alarms";
import { AwsConnection } from "../constructs/cloudwatch/aws-connection";
import { Dashboard } from "../constructs/cloudwatch/dashboard";
import { InstanceReadPolicy } from "../constructs/cloudwatch/instance-read-policy";
import { CloudWatchReadPolicy } from "../constructs/cloudwatch/read-policy";
import { LogWritePolicy } from "../constructs/cloudwatch/log-write-policy";
import { ServiceLogGroup } from "../constructs/cloudwatch/service-log-group";
import type { Widget } from "../constructs/cloudwatch/widgets";
import { logShipper } from "../constructs/docker/log-shipper";
import type { Environment } from "../environments";
import { logGroupNameOf, namePrefixOf } from "../environments/aws-names";
import { type AskedAlarm, askedAlarms } from "../environments/asked-alarms";
import { senderOfLines, shipsToLogGroup } from "../environments/log-lines";
import { subscribersOf } from "../environments/subscribers";
import type { MetricsStack } from "./metrics-stack";
import { SelfContainedStack } from "./self-contained-stack";
import { useStateBackend } from "./state-backend";
import { asksEc2 } from "./target-discovery";

/** An alarm that the environment asks for, and what was made of it. */
interface MadeAlarm extends AskedAlarm {
  readonly alarm: AlarmOfKind;
}

/**
 * What watches an environment's machines in AWS: alarms, the topics that they go to with a heartbeat beside them, a
 * dashboard, and a log group where something sends lines.
 */
export class CloudWatchStack extends SelfContainedStack {
  private readonly prefix: string;
  private readonly topics: AlarmTopics;
  private readonly logGroup: ServiceLogGroup | undefined;
  protected override readonly takesOfOthers: boolean;

  /** @param metrics the stack of the workspace, where the environment has one */
  constructor(
    scope: Construct,
    private readonly environment: Environment,
    private readonly metrics?: MetricsStack,
  ) {
    super(scope, `${environment.name}-cloudwatch`);
    this.takesOfOthers = metrics !== undefined;
    const { project, name, aws, cloudwatch } = environment;
    useStateBackend(this, environment);
    this.prefix = namePrefixOf(environment);
    new AwsConnection(this, "aws", { ...aws, tags: { Project: project, Environment: name } });
    this.topics = new AlarmTopics(this, "topics", {
      namePrefix: this.prefix,
      subscriptions: {
        critical: subscribersOf(environment, "critical"),
        warning: subscribersOf(environment, "warning"),
      },
      heartbeat: cloudwatch.heartbeat,
    });
    this.logGroup =
      cloudwatch.logs &&
      new ServiceLogGroup(this, "services", {
        name: logGroupNameOf(environment),
        retentionDays: cloudwatch.logs.retentionDays,
      });
    if (environment.grafana.awsCredentials) this.createReadPolicy();
    if (asksEc2(environment)) this.createDiscoveryPolicy();
    if (this.logGroup && shipsToLogGroup(environment)) this.createWritePolicy(this.logGroup.name);
    this.createDashboard(askedAlarms(environment).map((asked) => this.createAlarm(asked)));
  }

  /** What Grafana may read; whoever owns its role or user attaches it. */
  private createReadPolicy(): void {
    const { arn } = new CloudWatchReadPolicy(this, "grafana", {
      name: `${this.prefix}-grafana-reads-cloudwatch`,
      alarmNamePrefix: `${this.prefix}-`,
      logGroupName: this.logGroup?.name,
    });
    this.putOut("grafana_policy_arn", arn, "by which Grafana reads CloudWatch");
  }

  /** What Prometheus may ask EC2. */
  private createDiscoveryPolicy(): void {
    const { arn } = new InstanceReadPolicy(this, "prometheus", {
      name: `${this.prefix}-prometheus-sees-instances`,
    });
    this.putOut("prometheus_policy_arn", arn, "by which Prometheus asks EC2 for its targets");
  }

  /** What the log shipper may write. */
  private createWritePolicy(logGroupName: string): void {
    const { arn } = new LogWritePolicy(this, "log-shipper", {
      name: `${this.prefix}-${logShipper.name}-writes-lines`,
      logGroupName,
    });
    this.putOut("log_shipper_policy_arn", arn, "by which the log shipper writes lines");
  }

  private putOut(name: string, value: string, byWhich: string): void {
    const description = `Policy to attach to the role or user ${byWhich}`;
    new TerraformOutput(this, name, { value, description }).overrideLogicalId(name);
  }

  private createAlarm(each: AskedAlarm): MadeAlarm {
    const { project, name, cloudwatch, machines, runbooksUrl } = this.environment;
    const { logs } = cloudwatch;
    const alarm = new AlarmOfKind(this, each.id, each.kind, {
      name: `${this.prefix}-${each.id}`,
      severity: each.severity,
      routing: this.topics,
      runbookUrl: `${runbooksUrl}/${each.name}.md`,
      detailedMonitoring: machines.aws.detailedMonitoring,
      logGroupName: this.logGroup?.name,
      workspaceId: this.metrics?.workspace.id,
      pattern: logs?.errorPattern,
      metricNamespace: `${project}/${name}`,
      // Last: a kind may have a setting in the place of what is given to all, such as a pattern of its own.
      ...each.about,
      ...each.asked,
    });
    return { ...each, alarm };
  }

  private createDashboard(alarms: readonly MadeAlarm[]): void {
    // Machines are together in one graph of a kind; each topic has its own.
    const subject = ({ key, id, kind }: MadeAlarm) => (isOfMachines(kind) ? key : id);
    const subjects = [...new Set(alarms.map(subject))];
    const graphs = subjects.flatMap((each) => this.graphsOf(alarms.filter((made) => subject(made) === each)));
    new Dashboard(this, "dashboard", {
      name: `${this.prefix}-dashboard`,
      region: this.environment.aws.region,
      rows: [[alarmStatus(alarms)], ...pairs(graphs), ...this.logLines().map((widget) => [widget])],
    });
  }

  /** Alarms of one kind on machines have one graph of what they are about, with each of their thresholds once. */
  private graphsOf(ofKind: readonly MadeAlarm[]): readonly Widget[] {
    const [first] = ofKind;
    if (first === undefined) return [];
    const lines = new Map(ofKind.map(({ alarm }) => [alarm.thresholdLine.label, alarm.thresholdLine]));
    const { target } = this.environment.machines.aws;
    return first.alarm.graphs({ width: 12, height: 6 }, { target, thresholds: [...lines.values()] });
  }

  private logLines(): Widget[] {
    const { logs } = this.environment.cloudwatch;
    if (!logs || !this.logGroup) return [];
    const title = `Recent log lines, sent by ${senderOfLines(this.environment)}`;
    const logGroupName = this.logGroup.name;
    return [{ kind: "log-lines", title, logGroupName, lines: 100, width: 24, height: 8 }];
  }
}

/** The state of all: of machines as AWS sees them, then as their agents do, then of lines; the critical before the others. */
function alarmStatus(alarms: readonly MadeAlarm[]): Widget {
  const rank = ({ kind, severity }: MadeAlarm) =>
    (isOfMachines(kind) ? 0 : 4) + (isOfAgent(kind) ? 2 : 0) + (severity === "critical" ? 0 : 1);
  const alarmArns = [...alarms].sort((a, b) => rank(a) - rank(b)).map(({ alarm }) => alarm.arn);
  return { kind: "alarm-status", title: "Alarms", alarmArns, width: 24, height: 3 };
}

function pairs<T>(all: readonly T[]): T[][] {
  return all.flatMap((_, index) => (index % 2 === 0 ? [all.slice(index, index + 2)] : []));
}
