import { Construct } from "constructs";
import { durationMs } from "../../schema/primitives";
import { toYaml } from "../../schema/yaml";
import { dataVolume } from "./data-volume";
import { type TraceStorage, traceStorage } from "./jaeger-settings";
import { MonitoredContainer } from "./monitored-container";
import { checkPublishedProgram, type PublishedProgramProps } from "./program-props";
import { programs } from "./programs";

const { name: defaultName, port: uiPort, healthPort, metricsPort, otlpPorts } = programs.jaeger;
const configPath = "/etc/jaeger/config.yaml";
/**
 * The only folder of the image that everybody may write to: an empty volume takes over the mode of the folder that it is
 * mounted on. Elsewhere it would belong to root, and the image's user could not start.
 */
const dataPath = "/tmp";
const anyAddress = (port: number) => `0.0.0.0:${String(port)}`;

/** Jaeger 2. */
export interface JaegerProps extends PublishedProgramProps {
  /** Where it keeps traces: on the volume `<name>-data` for a time, 1h to 90d, or so many in memory, 1 to 10,000,000. */
  readonly storage: TraceStorage;
}

/**
 * Jaeger with its traces on a volume or in memory: it takes OTLP at 4317 (gRPC) and 4318 (HTTP) of its networks, and publishes its pages
 * on the host.
 */
export class Jaeger extends Construct {
  /** URL of its pages and its API on its networks. */
  readonly url: string;
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine would refuse or what could not work */
  constructor(scope: Construct, id: string, props: JaegerProps) {
    checkPublishedProgram(props).holds(traceStorage, "storage", props.storage).throwFor(scope, id);
    super(scope, id);
    const name = props.name ?? defaultName;
    const onVolume = props.storage.kind === "volume";
    this.container = new MonitoredContainer(this, "server", {
      name,
      image: props.image,
      networks: props.networks,
      command: ["--config", configPath],
      healthCheck: {
        command: ["wget", "--quiet", "--spider", `http://127.0.0.1:${String(healthPort)}/status`],
      },
      limits: props.limits,
      user: "10001:0",
      ports: [{ container: uiPort, host: props.hostPort, address: props.publishOn }],
      ...(onVolume && { volumes: [{ volume: dataVolume(this, `${name}-data`), path: dataPath }] }),
      files: [{ path: configPath, content: jaegerConfiguration(props.storage) }],
    });
    this.url = `http://${this.container.container.name}:${String(uiPort)}`;
  }
}

/** The configuration file, in YAML: that of an OpenTelemetry collector with Jaeger's own extensions. */
function jaegerConfiguration(kept: TraceStorage): string {
  const [storage, backend] = backendOf(kept);
  return toYaml({
    service: {
      extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
      pipelines: {
        traces: { receivers: ["otlp"], processors: ["batch"], exporters: ["jaeger_storage_exporter"] },
      },
      telemetry: {
        metrics: {
          readers: [{ pull: { exporter: { prometheus: { host: "0.0.0.0", port: metricsPort } } } }],
        },
      },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: anyAddress(healthPort) } },
      jaeger_storage: { backends: { [storage]: backend } },
      jaeger_query: { storage: { traces: storage }, http: { endpoint: anyAddress(uiPort) } },
    },
    receivers: {
      otlp: {
        protocols: {
          grpc: { endpoint: anyAddress(otlpPorts.grpc) },
          http: { endpoint: anyAddress(otlpPorts.http) },
        },
      },
    },
    processors: { batch: {} },
    exporters: { jaeger_storage_exporter: { trace_storage: storage } },
  });
}

/** Name and settings of where traces are kept. */
function backendOf(kept: TraceStorage): readonly [name: string, backend: object] {
  if (kept.kind === "memory") return ["in-memory", { memory: { max_traces: kept.maxTraces } }];
  const badger = {
    ephemeral: false,
    directories: { keys: `${dataPath}/badger/keys`, values: `${dataPath}/badger/values` },
    ttl: { spans: `${String(durationMs(kept.retentionTime) / 1000)}s` },
  };
  return ["badger", { badger }];
}
