import {
  CloudWatchClient,
  type DashboardEntry,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  type MetricAlarm,
} from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  DescribeLogGroupsCommand,
  DescribeMetricFiltersCommand,
  type LogGroup,
  type MetricFilter,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  ListAliasesCommand,
  ListKeysCommand,
} from "@aws-sdk/client-kms";
import {
  GetTopicAttributesCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  SNSClient,
} from "@aws-sdk/client-sns";

/** A subscription of a topic, as AWS reports it. */
export interface ReportedSubscription {
  readonly topic: string;
  readonly protocol: string;
  readonly endpoint: string;
}

/** A rule of EventBridge that runs by the clock, as AWS reports it. */
export interface ReportedSchedule {
  readonly name: string;
  readonly state: string;
  readonly schedule: string;
  /** ARNs of what it calls. */
  readonly targets: readonly string[];
}

/** Reads what is in an account, by AWS's own clients; EventBridge, of which little is asked, by its API. */
export class AwsAccountReader {
  private readonly cloudwatch: CloudWatchClient;
  private readonly logs: CloudWatchLogsClient;
  private readonly kms: KMSClient;
  private readonly sns: SNSClient;

  constructor(
    private readonly endpoint: string,
    private readonly region: string,
  ) {
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    const configuration = { endpoint, region, credentials };
    this.cloudwatch = new CloudWatchClient(configuration);
    this.logs = new CloudWatchLogsClient(configuration);
    this.kms = new KMSClient(configuration);
    this.sns = new SNSClient(configuration);
  }

  async alarms(): Promise<MetricAlarm[]> {
    const { MetricAlarms = [] } = await this.cloudwatch.send(new DescribeAlarmsCommand({}));
    return MetricAlarms;
  }

  async dashboards(): Promise<DashboardEntry[]> {
    const { DashboardEntries = [] } = await this.cloudwatch.send(new ListDashboardsCommand({}));
    return DashboardEntries;
  }

  async dashboardBody(name: string): Promise<unknown> {
    const { DashboardBody } = await this.cloudwatch.send(new GetDashboardCommand({ DashboardName: name }));
    return JSON.parse(DashboardBody ?? "null");
  }

  async topicArns(): Promise<string[]> {
    const { Topics = [] } = await this.sns.send(new ListTopicsCommand({}));
    return Topics.flatMap(({ TopicArn }) => TopicArn ?? []);
  }

  async topicAttributes(arn: string): Promise<Readonly<Record<string, string>>> {
    const { Attributes = {} } = await this.sns.send(new GetTopicAttributesCommand({ TopicArn: arn }));
    return Attributes;
  }

  async subscriptions(): Promise<ReportedSubscription[]> {
    const { Subscriptions = [] } = await this.sns.send(new ListSubscriptionsCommand({}));
    return Subscriptions.map(({ TopicArn = "", Protocol = "", Endpoint = "" }) => ({
      topic: TopicArn.replace(/.*:/, ""),
      protocol: Protocol,
      endpoint: Endpoint,
    }));
  }

  async schedules(): Promise<ReportedSchedule[]> {
    const { Rules } = (await this.eventBridge("ListRules", {})) as { Rules: Record<string, string>[] };
    return Promise.all(
      Rules.map(async ({ Name = "", State = "", ScheduleExpression = "" }) => {
        const { Targets } = (await this.eventBridge("ListTargetsByRule", { Rule: Name })) as {
          Targets: { Arn: string }[];
        };
        const targets = Targets.map(({ Arn }) => Arn);
        return { name: Name, state: State, schedule: ScheduleExpression, targets };
      }),
    );
  }

  private async eventBridge(operation: string, body: object): Promise<unknown> {
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: {
        "Content-Type": "application/x-amz-json-1.1",
        "X-Amz-Target": `AWSEvents.${operation}`,
        Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${this.region}/events/aws4_request, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${operation}: ${String(response.status)} ${await response.text()}`);
    return response.json();
  }

  async logGroups(): Promise<LogGroup[]> {
    const { logGroups = [] } = await this.logs.send(new DescribeLogGroupsCommand({}));
    return logGroups;
  }

  async metricFilters(): Promise<MetricFilter[]> {
    const { metricFilters = [] } = await this.logs.send(new DescribeMetricFiltersCommand({}));
    return metricFilters;
  }

  /** Ids of the customer's keys that are not waiting for their deletion. */
  async usableKeys(): Promise<string[]> {
    const states = await Promise.all((await this.keyIds()).map((id) => this.key(id)));
    return states.filter(({ state }) => state !== "PendingDeletion").map(({ id }) => id);
  }

  async keyIds(): Promise<string[]> {
    const { Keys = [] } = await this.kms.send(new ListKeysCommand({}));
    const keys = await Promise.all(Keys.flatMap(({ KeyId }) => (KeyId === undefined ? [] : this.key(KeyId))));
    return keys.filter(({ manager }) => manager === "CUSTOMER").map(({ id }) => id);
  }

  async key(id: string) {
    const { KeyMetadata } = await this.kms.send(new DescribeKeyCommand({ KeyId: id }));
    return { id: KeyMetadata?.KeyId ?? "", state: KeyMetadata?.KeyState, manager: KeyMetadata?.KeyManager };
  }

  async keyRotates(id: string): Promise<boolean> {
    const { KeyRotationEnabled } = await this.kms.send(new GetKeyRotationStatusCommand({ KeyId: id }));
    return KeyRotationEnabled ?? false;
  }

  async keyPolicy(id: string): Promise<unknown> {
    const { Policy } = await this.kms.send(new GetKeyPolicyCommand({ KeyId: id, PolicyName: "default" }));
    return JSON.parse(Policy ?? "null");
  }

  async keyAliases(): Promise<string[]> {
    const { Aliases = [] } = await this.kms.send(new ListAliasesCommand({}));
    return Aliases.flatMap(({ AliasName = "" }) => (AliasName.startsWith("alias/aws/") ? [] : AliasName));
  }

  /** Closes the connections, without which the test's process would not end. */
  close(): void {
    for (const client of [this.cloudwatch, this.logs, this.kms, this.sns]) client.destroy();
  }
}
