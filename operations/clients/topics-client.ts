import type { SNSClient } from "@aws-sdk/client-sns";

/** Where AWS is asked. */
export interface AwsPlace {
  readonly region: string;
  /** URL of an emulator. Default: AWS itself, with the credentials of whoever asks. */
  readonly emulatorUrl?: string;
}

/** A subscription of a topic. */
export interface TopicSubscription {
  /** `email`, `https`, `sqs` and so on. */
  readonly protocol: string;
  readonly endpoint: string;
  /** Whether whoever is subscribed has agreed: nothing is sent before. */
  readonly isConfirmed: boolean;
}

const requestTimeout = 8_000;

/** Asks SNS of its topics. */
export class TopicsClient {
  private made: Promise<SNSClient> | undefined;

  constructor(private readonly place: AwsPlace) {}

  /** ARNs of the topics by their names. */
  async arns(): Promise<ReadonlyMap<string, string>> {
    const { paginateListTopics } = await sdk();
    const arns = new Map<string, string>();
    for await (const { Topics = [] } of paginateListTopics({ client: await this.client() }, {})) {
      for (const { TopicArn: arn = "" } of Topics) arns.set(arn.split(":").at(-1) ?? "", arn);
    }
    return arns;
  }

  /** Who is subscribed to a topic. */
  async subscriptions(arn: string): Promise<readonly TopicSubscription[]> {
    const { paginateListSubscriptionsByTopic } = await sdk();
    const client = await this.client();
    const all: TopicSubscription[] = [];
    for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
      { client },
      { TopicArn: arn },
    )) {
      all.push(
        ...Subscriptions.map(
          ({ Protocol: protocol = "", Endpoint: endpoint = "", SubscriptionArn = "" }) => ({
            protocol,
            endpoint,
            isConfirmed: SubscriptionArn.startsWith("arn:"),
          }),
        ),
      );
    }
    return all;
  }

  private client(): Promise<SNSClient> {
    this.made ??= this.make();
    return this.made;
  }

  private async make(): Promise<SNSClient> {
    const { SNSClient } = await sdk();
    const { region, emulatorUrl } = this.place;
    return new SNSClient({
      region,
      maxAttempts: 2,
      requestHandler: { connectionTimeout: requestTimeout, requestTimeout },
      ...(emulatorUrl !== undefined && {
        endpoint: emulatorUrl,
        credentials: { accessKeyId: "emulator", secretAccessKey: "emulator" },
      }),
    });
  }
}

/** Loaded where it is asked alone: it is much. Which Node will do is said by this project, not by a part of it. */
function sdk() {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
  return import("@aws-sdk/client-sns");
}
