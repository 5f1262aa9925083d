import { AwsQuery } from "../../operations/clients/aws-query";
import { motoAccount } from "./moto";

const sns = { name: "sns", version: "2010-03-31" } as const;
const sqs = { name: "sqs", version: "2012-11-05" } as const;

/** A message as it came out of a topic's queue. */
export interface TopicMessage {
  readonly receiver: string;
  /** Empty where the topic was given none. */
  readonly subject: string;
  readonly text: string;
}

/** Topics of an emulator of AWS, a queue behind each: what receivers are told is read there. */
export class TopicQueues {
  private readonly aws: AwsQuery;
  private readonly arns = new Map<string, string>();

  /** @param emulatorUrl base URL of the emulator, without a slash at its end */
  constructor(
    emulatorUrl: string,
    private readonly region: string,
  ) {
    const credentials = { accessKeyId: "emulator", secretAccessKey: "emulator" };
    this.aws = new AwsQuery({ region, emulatorUrl }, () => Promise.resolve(credentials));
  }

  /** Makes a topic with a queue for each receiver. */
  async make(receivers: readonly string[]): Promise<void> {
    for (const receiver of receivers) {
      const made = await this.aws.ask(sns, "CreateTopic", { Name: `alerts-${receiver}` });
      const arn = /<TopicArn>(.*?)<\/TopicArn>/.exec(made)?.[1] ?? "";
      await this.aws.ask(sqs, "CreateQueue", { QueueName: receiver });
      const Endpoint = `arn:aws:sqs:${this.region}:${motoAccount}:${receiver}`;
      await this.aws.ask(sns, "Subscribe", { TopicArn: arn, Protocol: "sqs", Endpoint });
      this.arns.set(receiver, arn);
    }
  }

  /** ARN of a receiver's topic. */
  arnOf(receiver: string): string {
    const arn = this.arns.get(receiver);
    if (arn === undefined) throw new Error(`${receiver} has no topic.`);
    return arn;
  }

  /** Takes all messages out of all queues. */
  async take(): Promise<TopicMessage[]> {
    const taken: TopicMessage[] = [];
    for (const receiver of this.arns.keys()) {
      for (;;) {
        const found = await this.takeFrom(receiver);
        taken.push(...found);
        if (found.length === 0) break;
      }
    }
    return taken;
  }

  private async takeFrom(receiver: string): Promise<TopicMessage[]> {
    const QueueUrl = `https://sqs.${this.region}.amazonaws.com/${motoAccount}/${receiver}`;
    const answer = await this.aws.ask(sqs, "ReceiveMessage", { QueueUrl, MaxNumberOfMessages: "10" });
    const found = [...answer.matchAll(/<ReceiptHandle>(.*?)<\/ReceiptHandle>[^]*?<Body>([^]*?)<\/Body>/g)];
    for (const [, ReceiptHandle = ""] of found) {
      await this.aws.ask(sqs, "DeleteMessage", { QueueUrl, ReceiptHandle: unescaped(ReceiptHandle) });
    }
    return found.map(([, , body = ""]) => {
      const { Subject = "", Message = "" } = JSON.parse(unescaped(body)) as Readonly<Record<string, string>>;
      return { receiver, subject: Subject, text: Message };
    });
  }
}

function unescaped(xml: string): string {
  const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };
  return xml.replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (whole, decimal, hex, name) => {
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(String(hex), 16));
    return entities[String(name)] ?? String(whole);
  });
}
