import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogStreamsCommand,
  GetLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";

/** A line as a log group has it. */
export interface StoredLine {
  readonly text: string;
  /** When it was written, and when the group got it, in milliseconds of Unix time. */
  readonly at: number;
  readonly ingestedAt: number;
}

/** Reads a log group of an emulated AWS. */
export class LogGroupReader {
  private readonly client: CloudWatchLogsClient;

  constructor(
    endpoint: string,
    region: string,
    private readonly logGroupName: string,
  ) {
    const credentials = { accessKeyId: "emulator", secretAccessKey: "emulator" };
    this.client = new CloudWatchLogsClient({ endpoint, region, credentials });
  }

  async create(): Promise<void> {
    await this.client.send(new CreateLogGroupCommand({ logGroupName: this.logGroupName }));
  }

  /** Names of its streams. */
  async streams(): Promise<string[]> {
    const { logStreams = [] } = await this.client.send(
      new DescribeLogStreamsCommand({ logGroupName: this.logGroupName }),
    );
    return logStreams.map(({ logStreamName = "" }) => logStreamName).sort();
  }

  /** All lines of a stream; none where there is no such stream. */
  async lines(logStreamName: string): Promise<StoredLine[]> {
    if (!(await this.streams()).includes(logStreamName)) return [];
    const lines: StoredLine[] = [];
    for (let nextToken: string | undefined, last; ; last = nextToken) {
      const answer = await this.client.send(
        new GetLogEventsCommand({
          logGroupName: this.logGroupName,
          logStreamName,
          startFromHead: true,
          limit: 10_000,
          nextToken,
        }),
      );
      const { events = [] } = answer;
      lines.push(
        ...events.map(({ message = "", timestamp = 0, ingestionTime = 0 }) => ({
          text: message,
          at: timestamp,
          ingestedAt: ingestionTime,
        })),
      );
      nextToken = answer.nextForwardToken;
      if (events.length === 0 || nextToken === last) return lines;
    }
  }

  close(): void {
    this.client.destroy();
  }
}
