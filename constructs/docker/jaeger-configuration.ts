import { durationMs } from "../../schema/primitives";
import { toYaml } from "../../schema/yaml";
import { callConnector, callFilter } from "./jaeger-calls";
import { loopback } from "./container-settings";
import type { CallMetrics, TraceStorage } from "./jaeger-settings";
import type { ListeningProps } from "./listening";
import { programs } from "./programs";

const { port: uiPort, queryGrpcPort, healthPort, metricsPort, callMetricsPort, otlpPorts } = programs.jaeger;
const anyHost = "0.0.0.0";
const at = (host: string, port: number) => `${host}:${String(port)}`;

/** What the file says. */
interface JaegerConfiguration extends ListeningProps {
  readonly storage: TraceStorage;
  readonly callMetrics?: CallMetrics;
}

/**
 * The configuration file, in YAML: that of an OpenTelemetry collector with Jaeger's own extensions.
 * @param dataPath folder for what is kept on a volume
 */
export function jaegerConfiguration(
  dataPath: string,
  { storage: kept, callMetrics: calls, listenHost = anyHost }: JaegerConfiguration,
): string {
  const [storage, backend] = backendOf(dataPath, kept);
  return toYaml({
    service: {
      extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
      pipelines: {
        traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["jaeger_storage_exporter"] },
        ...(calls && {
          "traces/calls": { receivers: ["otlp"], processors: ["filter/calls"], exporters: ["spanmetrics"] },
          "metrics/calls": { receivers: ["spanmetrics"], exporters: ["prometheus"] },
        }),
      },
      telemetry: {
        metrics: {
          readers: [{ pull: { exporter: { prometheus: { host: listenHost, port: metricsPort } } } }],
        },
      },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: at(loopback, healthPort) } },
      jaeger_storage: { backends: { [storage]: backend } },
      jaeger_query: {
        storage: { traces: storage },
        http: { endpoint: at(listenHost, uiPort) },
        // The same traces by gRPC: nobody asks for them so, and unsaid it would answer on every network.
        grpc: { endpoint: at(loopback, queryGrpcPort) },
      },
    },
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: at(anyHost, otlpPorts.grpc) },
          http: { endpoint: at(anyHost, otlpPorts.http) },
        },
      },
    },
    processors: { batch: {}, ...(calls && { "filter/calls": callFilter }) },
    ...(calls && { connectors: { spanmetrics: callConnector(calls) } }),
    exporters: {
      jaeger_storage_exporter: { trace_storage: storage },
      // OpenMetrics is the format that has exemplars.
      ...(calls && { prometheus: { endpoint: at(listenHost, callMetricsPort), enable_open_metrics: true } }),
    },
  });
}

/** Name and settings of where traces are kept. */
function backendOf(dataPath: string, kept: TraceStorage): readonly [name: string, backend: object] {
  if (kept.kind === "memory") return ["in-memory", { memory: { max_traces: kept.maxTraces } }];
  const badger = {
    ephemeral: false,
    directories: { keys: `${dataPath}/badger/keys`, values: `${dataPath}/badger/values` },
    ttl: { spans: `${String(durationMs(kept.retentionTime) / 1000)}s` },
  };
  return ["badger", { badger }];
}
