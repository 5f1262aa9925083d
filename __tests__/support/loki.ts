import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ManagedProcess } from "../../demo/processes";
import { freePorts } from "../../operations/loopback-port";
import { requestJson } from "../../operations/clients/json-client";
import { lokiProgram } from "./programs";

/** A stream's lines, as Loki gives them. */
export interface LokiStream {
  /** The stream's labels, with those that a query makes of a line. */
  readonly stream: Readonly<Record<string, string>>;
  /** When each was written, in nanoseconds of Unix time, and its text. */
  readonly values: readonly (readonly [string, string])[];
}

/** A series that Loki counts out of lines. */
export interface LokiSeries {
  readonly metric: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [number, string])[];
}

const address = "127.0.0.1";

/** A real Loki. Its configuration is as it is given, but for folders and ports. */
export class TestLoki {
  private process: ManagedProcess | undefined;

  private constructor(
    private readonly file: string,
    readonly port: number,
    private readonly grpcPort: number,
  ) {}

  /** @param folder in which its file and its data are put */
  static async start(folder: string, configuration: string): Promise<TestLoki> {
    const file = join(folder, "loki.yaml");
    writeFileSync(file, configuration.replaceAll(/: \/loki\b/g, `: ${join(folder, "loki")}`));
    const [port = 0, grpcPort = 0] = await freePorts(2);
    const loki = new TestLoki(file, port, grpcPort);
    await loki.start();
    return loki;
  }

  /** Starts it, again where it was stopped. */
  async start(): Promise<void> {
    this.process = new ManagedProcess({
      name: "loki",
      command: lokiProgram.name,
      args: [
        ...[`-config.file=${this.file}`, `-server.http-listen-address=${address}`],
        ...[
          `-server.http-listen-port=${String(this.port)}`,
          `-server.grpc-listen-port=${String(this.grpcPort)}`,
        ],
      ],
    });
    await this.process.healthy(`${this.url}/ready`, 90_000);
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }

  /** Of its API and its metrics. */
  get url(): string {
    return `http://${address}:${String(this.port)}`;
  }

  /** The lines that a query gives, of the last hour, the oldest first. */
  async lines(query: string): Promise<string[]> {
    const streams = await this.streams(query);
    const all = streams.flatMap(({ values }) => values);
    return all.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0)).map(([, text]) => text);
  }

  /** The same by stream. */
  async streams(query: string): Promise<readonly LokiStream[]> {
    return this.ask<LokiStream>("streams", { query, limit: "5000", direction: "forward" });
  }

  /** How many lines there are of a query, of the last hour. */
  async count(query: string): Promise<number> {
    const sum = `sum(count_over_time(${query} [1h]))`;
    const answer = await this.get<{ data: { result: readonly { value: readonly [number, string] }[] } }>(
      `/loki/api/v1/query?${new URLSearchParams({ query: sum }).toString()}`,
    );
    return Number(answer.data.result[0]?.value[1] ?? 0);
  }

  /** The series that a query gives over the last hour. */
  async series(query: string): Promise<readonly LokiSeries[]> {
    return this.ask<LokiSeries>("matrix", { query, step: "15" });
  }

  /** What it runs with, in YAML. */
  async configuration(): Promise<string> {
    return (await fetch(`${this.url}/config`)).text();
  }

  /** Values of the labels of all streams. */
  async labels(): Promise<readonly string[]> {
    return (await this.get<{ data: readonly string[] }>("/loki/api/v1/labels")).data;
  }

  /** Gives it lines as a sender does; the status and the text that it answers with. */
  async push(stream: Readonly<Record<string, string>>, values: readonly (readonly [string, string])[]) {
    const response = await fetch(`${this.url}/loki/api/v1/push`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ streams: [{ stream, values }] }),
    });
    return { status: response.status, text: await response.text() };
  }

  private async ask<T>(type: string, query: Readonly<Record<string, string>>): Promise<readonly T[]> {
    const start = String((Date.now() - 3_600_000) * 1_000_000);
    const path = `/loki/api/v1/query_range?${new URLSearchParams({ ...query, start }).toString()}`;
    const { data } = await this.get<{ data: { resultType: string; result: readonly T[] } }>(path);
    if (data.resultType !== type) throw new Error(`Loki gives ${data.resultType}, not ${type}.`);
    return data.result;
  }

  private get<T>(path: string): Promise<T> {
    return requestJson<T>(`${this.url}${path}`);
  }
}
