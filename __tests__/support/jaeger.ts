import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ManagedProcess } from "../../demo/processes";
import { freePorts } from "../../operations/loopback-port";
import { jaegerProgram } from "./programs";

/** A real Jaeger. Its configuration file is as it is given; where it listens and keeps its data is said besides. */
export class TestJaeger {
  private constructor(
    private readonly process: ManagedProcess,
    /** Of its API. */
    readonly url: string,
    /** Of what it exports about itself. */
    readonly metricsUrl: string,
    private readonly otlpUrl: string,
  ) {}

  /** @param folder in which its file and its data are put: another one with the same has the traces of the one before */
  static async start(folder: string, configuration: string): Promise<TestJaeger> {
    const path = join(folder, "jaeger.yaml");
    writeFileSync(path, configuration);
    const [grpc = 0, http = 0, health = 0, api = 0, apiGrpc = 0, metrics = 0] = await freePorts(6);
    const at = (port: number) => ({ endpoint: `127.0.0.1:${String(port)}` });
    const exporter = { prometheus: { host: "127.0.0.1", port: metrics } };
    const directories = { keys: join(folder, "badger/keys"), values: join(folder, "badger/values") };
    const addresses = {
      receivers: { otlp: { protocols: { grpc: at(grpc), http: at(http) } } },
      extensions: {
        healthcheckv2: { http: at(health) },
        jaeger_query: { http: at(api), grpc: at(apiGrpc) },
        ...(configuration.includes("badger:") && {
          jaeger_storage: { backends: { badger: { badger: { directories } } } },
        }),
      },
      service: { telemetry: { metrics: { readers: [{ pull: { exporter } }] } } },
    };
    const process = new ManagedProcess({
      name: "jaeger",
      command: jaegerProgram.name,
      args: ["--config", path, "--config", `yaml:${JSON.stringify(addresses)}`],
    });
    await process.healthy(`http://${at(health).endpoint}/status`, 60_000);
    const [url, metricsUrl, otlpUrl] = [api, metrics, http].map((port) => `http://${at(port).endpoint}`);
    return new TestJaeger(process, url ?? "", metricsUrl ?? "", otlpUrl ?? "");
  }

  /** Sends a trace of so many spans, as a service does. */
  async send(service: string, spans: number): Promise<void> {
    const began = BigInt(Date.now()) * 1_000_000n;
    const traceId = spanId(began, 32);
    const made = Array.from({ length: spans }, (_, index) => ({
      traceId,
      spanId: spanId(BigInt(index + 1), 16),
      name: "GET /",
      kind: 2,
      startTimeUnixNano: String(began),
      endTimeUnixNano: String(began + 1_000_000n),
    }));
    const resource = { attributes: [{ key: "service.name", value: { stringValue: service } }] };
    const response = await fetch(`${this.otlpUrl}/v1/traces`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ resourceSpans: [{ resource, scopeSpans: [{ spans: made }] }] }),
    });
    if (!response.ok) throw new Error(`Jaeger: ${String(response.status)} ${await response.text()}`);
  }

  /** The services of which it has traces. */
  async services(): Promise<readonly string[]> {
    const answer = (await (await fetch(`${this.url}/api/services`)).json()) as { data: string[] | null };
    return answer.data ?? [];
  }

  /** How many traces of a service it finds. */
  async traces(service: string): Promise<number> {
    const answer = (await (await fetch(`${this.url}/api/traces?service=${service}`)).json()) as {
      data: unknown[] | null;
    };
    return answer.data?.length ?? 0;
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }
}

function spanId(value: bigint, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
