import { Construct } from "constructs";
import { toYaml } from "../../schema/yaml";
import { maxTraces } from "./jaeger-settings";
import { MonitoredContainer } from "./monitored-container";
import { checkPublishedProgram, type PublishedProgramProps } from "./program-props";
import { programs } from "./programs";

const { name: defaultName, port: uiPort, healthPort, metricsPort, otlpPorts } = programs.jaeger;
const configPath = "/etc/jaeger/config.yaml";
const anyAddress = (port: number) => `0.0.0.0:${String(port)}`;

/** Jaeger 2. */
export interface JaegerProps extends PublishedProgramProps {
  /** Traces that it keeps in memory; the oldest go first. 1 to 10,000,000, refused otherwise. */
  readonly maxTraces: number;
}

/**
 * Jaeger with its traces in memory: it takes OTLP at 4317 (gRPC) and 4318 (HTTP) of its networks, and publishes its pages
 * on the host.
 */
export class Jaeger extends Construct {
  /** URL of its pages and its API on its networks. */
  readonly url: string;
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine would refuse or what could not work */
  constructor(scope: Construct, id: string, props: JaegerProps) {
    checkPublishedProgram(props).holds(maxTraces, "maxTraces", props.maxTraces).throwFor(scope, id);
    super(scope, id);
    this.container = new MonitoredContainer(this, "server", {
      name: props.name ?? defaultName,
      image: props.image,
      networks: props.networks,
      command: ["--config", configPath],
      healthCheck: {
        command: ["wget", "--quiet", "--spider", `http://127.0.0.1:${String(healthPort)}/status`],
      },
      limits: props.limits,
      user: "10001:0",
      ports: [{ container: uiPort, host: props.hostPort, address: props.publishOn }],
      files: [{ path: configPath, content: jaegerConfiguration(props.maxTraces) }],
    });
    this.url = `http://${this.container.container.name}:${String(uiPort)}`;
  }
}

/** The configuration file, in YAML: that of an OpenTelemetry collector with Jaeger's own extensions. */
function jaegerConfiguration(mostTraces: number): string {
  const storage = "in-memory";
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
      jaeger_storage: { backends: { [storage]: { memory: { max_traces: mostTraces } } } },
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
