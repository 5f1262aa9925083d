import type { Construct } from "constructs";
import { LowDiskAlarm, LowMemoryAlarm } from "../constructs/cloudwatch/agent-alarms";
import type { Severity } from "../constructs/cloudwatch/alarm-routing";
import { AlarmTopics } from "../constructs/cloudwatch/alarm-topics";
import { AwsConnection } from "../constructs/cloudwatch/aws-connection";
import { CpuAlarm } from "../constructs/cloudwatch/cpu-alarm";
import { Dashboard } from "../constructs/cloudwatch/dashboard";
import { ErrorLinesAlarm } from "../constructs/cloudwatch/error-lines-alarm";
import {
  cpuGraph,
  diskGraph,
  memoryGraph,
  networkGraph,
  statusCheckGraph,
} from "../constructs/cloudwatch/host-graphs";
import type { MetricAlarm } from "../constructs/cloudwatch/metric-alarm";
import { ServiceLogGroup } from "../constructs/cloudwatch/service-log-group";
import { StatusCheckAlarm } from "../constructs/cloudwatch/status-check-alarm";
import type { Widget } from "../constructs/cloudwatch/widgets";
import type { Environment } from "../environments";
import { SelfContainedStack } from "./self-contained-stack";
import { useStateBackend } from "./state-backend";

const graph = { width: 12, height: 6 };

/** Of the graphs of EC2's own metrics: with basic monitoring there is one point in five minutes. */
const periodSeconds = 300;

/** What watches an environment's machines in AWS: alarms, the topics that they go to, a log group, a dashboard. */
export class CloudWatchStack extends SelfContainedStack {
  private readonly prefix: string;
  private readonly topics: AlarmTopics;
  private readonly logGroup: ServiceLogGroup;
  private readonly highCpu: CpuAlarm;
  private readonly statusCheckFailed: StatusCheckAlarm;
  private readonly errorLines: ErrorLinesAlarm;
  private readonly agentAlarms:
    { readonly lowDisk: LowDiskAlarm; readonly lowMemory: LowMemoryAlarm } | undefined;

  constructor(
    scope: Construct,
    private readonly environment: Environment,
  ) {
    super(scope, `${environment.name}-cloudwatch`);
    const { project, name, aws, cloudwatch } = environment;
    useStateBackend(this, environment);
    this.prefix = `${project}-${name}`;
    new AwsConnection(this, "aws", { ...aws, tags: { Project: project, Environment: name } });
    this.topics = new AlarmTopics(this, "topics", {
      namePrefix: this.prefix,
      subscriptions: cloudwatch.subscriptions,
    });
    this.logGroup = new ServiceLogGroup(this, "services", {
      name: `/${project}/${name}/services`,
      retentionDays: cloudwatch.logs.retentionDays,
    });

    const { target, detailedMonitoring, alarms, logs } = cloudwatch;
    this.highCpu = new CpuAlarm(this, "high-cpu", {
      ...this.alarm("high-cpu", "HighCpu", "warning"),
      ...alarms.highCpu,
      target,
      detailedMonitoring,
    });
    this.statusCheckFailed = new StatusCheckAlarm(this, "status-check-failed", {
      ...this.alarm("status-check-failed", "StatusCheckFailed", "critical"),
      ...alarms.statusCheckFailed,
      target,
    });
    this.errorLines = new ErrorLinesAlarm(this, "error-lines", {
      ...this.alarm("error-lines", "ErrorLines", "warning"),
      ...alarms.errorLines,
      logGroupName: this.logGroup.name,
      pattern: logs.errorPattern,
      metricNamespace: `${project}/${name}`,
    });
    this.agentAlarms = this.createAgentAlarms();
    this.createDashboard();
  }

  private createAgentAlarms() {
    const { target, agent } = this.environment.cloudwatch;
    if (!agent) return undefined;
    const { diskUsedPercent, memoryUsedPercent, ...evaluation } = agent;
    const lowDisk = new LowDiskAlarm(this, "low-disk", {
      ...this.alarm("low-disk", "LowDisk", "critical"),
      ...evaluation,
      target,
      thresholdPercent: diskUsedPercent,
    });
    const lowMemory = new LowMemoryAlarm(this, "low-memory", {
      ...this.alarm("low-memory", "LowMemory", "warning"),
      ...evaluation,
      target,
      thresholdPercent: memoryUsedPercent,
    });
    return { lowDisk, lowMemory };
  }

  /** Name, severity and runbook of an alarm. */
  private alarm(suffix: string, runbook: string, severity: Severity) {
    return {
      name: `${this.prefix}-${suffix}`,
      severity,
      routing: this.topics,
      runbookUrl: `${this.environment.runbooksUrl}/${runbook}.md`,
    };
  }

  private createDashboard(): void {
    const { target, alarms } = this.environment.cloudwatch;
    const cpu = cpuGraph({
      target,
      ...graph,
      periodSeconds,
      thresholds: [this.highCpu.thresholdLine],
    });
    const network = networkGraph({ target, ...graph, periodSeconds });
    const statusCheck = statusCheckGraph({
      target,
      ...graph,
      periodSeconds: alarms.statusCheckFailed.periodSeconds,
      thresholds: [this.statusCheckFailed.thresholdLine],
    });
    new Dashboard(this, "dashboard", {
      name: `${this.prefix}-dashboard`,
      region: this.environment.aws.region,
      rows: [
        [this.alarmStatus()],
        [cpu, network],
        [statusCheck, this.errorLinesGraph()],
        ...this.agentRow(),
        [
          {
            kind: "log-lines",
            title: "Recent log lines",
            logGroupName: this.logGroup.name,
            lines: 100,
            width: 24,
            height: 8,
          },
        ],
      ],
    });
  }

  private alarmStatus(): Widget {
    const { highCpu, statusCheckFailed, errorLines, agentAlarms } = this;
    const all: MetricAlarm[] = [
      statusCheckFailed,
      highCpu,
      ...(agentAlarms ? [agentAlarms.lowDisk, agentAlarms.lowMemory] : []),
      errorLines,
    ];
    const alarmArns = all.map(({ arn }) => arn);
    return { kind: "alarm-status", title: "Alarms", alarmArns, width: 24, height: 3 };
  }

  private errorLinesGraph(): Widget {
    const { metric, thresholdLine } = this.errorLines;
    const { periodSeconds } = this.environment.cloudwatch.alarms.errorLines;
    return {
      kind: "graph",
      title: "Error lines",
      metrics: [{ kind: "metric", ...metric, label: "error lines" }],
      statistic: "Sum",
      periodSeconds,
      unit: "lines",
      thresholds: [thresholdLine],
      ...graph,
    };
  }

  private agentRow(): Widget[][] {
    const { target, agent } = this.environment.cloudwatch;
    if (!agent || !this.agentAlarms) return [];
    const { periodSeconds, namespace } = agent;
    const { lowDisk, lowMemory } = this.agentAlarms;
    const common = { target, ...graph, periodSeconds };
    return [
      [
        diskGraph({ ...common, thresholds: [lowDisk.thresholdLine] }, namespace),
        memoryGraph({ ...common, thresholds: [lowMemory.thresholdLine] }, namespace),
      ],
    ];
  }
}
