import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ManagedProcess } from "../../demo/processes";
import { freePorts } from "../../operations/loopback-port";
import { jaegerProgram } from "./programs";

/** A real Jaeger. Its configuration file is as it is given; where it listens and keeps its data is said besides. */
export class TestJaeger {
  private constructor(
    private readonly program: ManagedProcess,
    /** Of its API. */
    readonly url: string,
    /** Of what it exports about itself. */
    readonly metricsUrl: string,
    /** Of what it exports about the calls between services. */
    readonly callMetricsUrl: string,
    /** Where it takes spans. */
    readonly otlpUrl: string,
  ) {}

  /**
   * @param folder in which its file and its data are put: another one with the same has the traces of the one before
   * @param variables those of its container. Default: none
   */
  static async start(
    folder: string,
    configuration: string,
    variables: Readonly<Record<string, string>> = {},
  ): Promise<TestJaeger> {
    const path = join(folder, "jaeger.yaml");
    writeFileSync(path, configuration);
    const [grpc = 0, http = 0, health = 0, api = 0, apiGrpc = 0, metrics = 0, calls = 0] = await freePorts(7);
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
      ...(configuration.includes("spanmetrics:") && { exporters: { prometheus: at(calls) } }),
      service: { telemetry: { metrics: { readers: [{ pull: { exporter } }] } } },
    };
    const program = new ManagedProcess({
      name: "jaeger",
      command: jaegerProgram.name,
      args: ["--config", path, "--config", `yaml:${JSON.stringify(addresses)}`],
      env: { ...process.env, ...variables },
    });
    await program.healthy(`http://${at(health).endpoint}/status`, 60_000);
    const [url = "", ...others] = [api, metrics, calls, http].map((port) => `http://${at(port).endpoint}`);
    const [metricsUrl = "", callMetricsUrl = "", otlpUrl = ""] = others;
    return new TestJaeger(program, url, metricsUrl, callMetricsUrl, otlpUrl);
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

  /** Who calls whom in the last hour, as its page of dependencies shows it: `a → b`. */
  async dependencies(): Promise<readonly string[]> {
    const path = `/api/dependencies?endTs=${String(Date.now())}&lookback=3600000`;
    const answer = (await (await fetch(`${this.url}${path}`)).json()) as {
      data: { parent: string; child: string }[] | null;
    };
    return (answer.data ?? []).map(({ parent, child }) => `${parent} → ${child}`).sort();
  }

  async stop(): Promise<void> {
    await this.program.stop();
  }
}

function spanId(value: bigint, digits: number): string {
  return value.toString(16).padStart(digits, "0");
}
