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
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsCommand,
  ListTopicsCommand,
  PublishCommand,
  SNSClient,
} from "@aws-sdk/client-sns";

/** A subscription of a topic, as AWS reports it. */
export interface ReportedSubscription {
  readonly topic: string;
  readonly protocol: string;
  readonly endpoint: string;
  /** Queue that gets what could not be delivered, and how often a delivery is tried, each as it was given. */
  readonly redrivePolicy?: string;
  readonly deliveryPolicy?: string;
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
    const subscriptions = Subscriptions.map(
      async ({ TopicArn = "", Protocol = "", Endpoint = "", SubscriptionArn }) => {
        const { Attributes: { RedrivePolicy, DeliveryPolicy } = {} } = await this.sns.send(
          new GetSubscriptionAttributesCommand({ SubscriptionArn }),
        );
        return {
          topic: TopicArn.replace(/.*:/, ""),
          protocol: Protocol,
          endpoint: Endpoint,
          ...(RedrivePolicy !== undefined && { redrivePolicy: RedrivePolicy }),
          ...(DeliveryPolicy !== undefined && { deliveryPolicy: DeliveryPolicy }),
        };
      },
    );
    return Promise.all(subscriptions);
  }

  async schedules(): Promise<ReportedSchedule[]> {
    const { Rules } = (await this.ask("events", "AWSEvents.ListRules", {})) as {
      Rules: Record<string, string>[];
    };
    return Promise.all(
      Rules.map(async ({ Name = "", State = "", ScheduleExpression = "" }) => {
        const { Targets } = (await this.ask("events", "AWSEvents.ListTargetsByRule", { Rule: Name })) as {
          Targets: { Arn: string }[];
        };
        const targets = Targets.map(({ Arn }) => Arn);
        return { name: Name, state: State, schedule: ScheduleExpression, targets };
      }),
    );
  }

  /** Names of the queues, and of each all that SQS says of it. */
  async queues(): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
    const { QueueUrls = [] } = (await this.ask("sqs", "AmazonSQS.ListQueues", {})) as {
      QueueUrls?: string[];
    };
    const queues = QueueUrls.map(async (url) => {
      const asked = { QueueUrl: url, AttributeNames: ["All"] };
      const { Attributes } = (await this.ask("sqs", "AmazonSQS.GetQueueAttributes", asked)) as {
        Attributes: Record<string, string>;
      };
      return [url.replace(/.*\//, ""), Attributes] as const;
    });
    return new Map(await Promise.all(queues));
  }

  /** Makes a queue; the answer is its URL. */
  async createQueue(name: string): Promise<string> {
    const made = await this.ask("sqs", "AmazonSQS.CreateQueue", { QueueName: name });
    return (made as { QueueUrl: string }).QueueUrl;
  }

  async deleteQueue(url: string): Promise<void> {
    await this.ask("sqs", "AmazonSQS.DeleteQueue", { QueueUrl: url });
  }

  /** Bodies of the messages in a queue. */
  async messages(url: string): Promise<readonly string[]> {
    const asked = { QueueUrl: url, MaxNumberOfMessages: 10 };
    const got = (await this.ask("sqs", "AmazonSQS.ReceiveMessage", asked)) as {
      Messages?: { Body: string }[];
    };
    return (got.Messages ?? []).map(({ Body }) => Body);
  }

  /** Sends a message to a topic, as CloudWatch does where an alarm's action is the topic. */
  async publish(topicArn: string, subject: string, message: object): Promise<void> {
    await this.sns.send(
      new PublishCommand({ TopicArn: topicArn, Subject: subject, Message: JSON.stringify(message) }),
    );
  }

  /** Asks a service by its API in JSON. */
  private async ask(service: string, operation: string, body: object): Promise<unknown> {
    const response = await fetch(this.endpoint, {
      method: "POST",
      headers: {
        "Content-Type": service === "sqs" ? "application/x-amz-json-1.0" : "application/x-amz-json-1.1",
        "X-Amz-Target": operation,
        Authorization: `AWS4-HMAC-SHA256 Credential=test/20260101/${this.region}/${service}/aws4_request, SignedHeaders=host, Signature=none`,
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${operation}: ${String(response.status)} ${await response.text()}`);
    const text = await response.text();
    return text === "" ? {} : (JSON.parse(text) as unknown);
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
