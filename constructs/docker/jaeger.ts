import { Construct } from "constructs";
import { dataVolume } from "./data-volume";
import { jaegerConfiguration } from "./jaeger-configuration";
import { type CallMetrics, callMetrics, type TraceStorage, traceStorage } from "./jaeger-settings";
import { MonitoredContainer } from "./monitored-container";
import { checkListening, type ListeningProps } from "./listening";
import { checkPublishedProgram, type PublishedProgramProps } from "./program-props";
import { programs } from "./programs";

const { name: defaultName, port: uiPort, healthPort } = programs.jaeger;
const configPath = "/etc/jaeger/config.yaml";
/**
 * The only folder of the image that everybody may write to: an empty volume takes over the mode of the folder that it is
 * mounted on. Elsewhere it would belong to root, and the image's user could not start.
 */
const dataPath = "/tmp";

/** Jaeger 2. Of a `listenHost` are its pages, its API and its metrics: spans it takes on all its networks. */
export interface JaegerProps extends PublishedProgramProps, ListeningProps {
  /** Where it keeps traces: on the volume `<name>-data` for a time, 1h to 90d, or so many in memory, 1 to 10,000,000. */
  readonly storage: TraceStorage;
  /**
   * What it measures of the calls between services, for Prometheus to scrape at port 8889 of its networks.
   * @default - nothing
   */
  readonly callMetrics?: CallMetrics;
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
    checkListening(props, checkPublishedProgram(props))
      .holds(traceStorage, "storage", props.storage)
      .mayHold(callMetrics, "callMetrics", props.callMetrics)
      .throwFor(scope, id);
    super(scope, id);
    const name = props.name ?? defaultName;
    const onVolume = props.storage.kind === "volume";
    this.container = new MonitoredContainer(this, "server", {
      name,
      image: props.image,
      networks: props.networks,
      command: ["--config", configPath],
      // Else it waits ten seconds at its end to send spans of itself to a collector that is not there.
      environment: { OTEL_TRACES_SAMPLER: "always_off" },
      healthCheck: {
        command: ["wget", "--quiet", "--spider", `http://127.0.0.1:${String(healthPort)}/status`],
      },
      limits: props.limits,
      user: "10001:0",
      ports: [{ container: uiPort, host: props.hostPort, address: props.publishOn }],
      ...(onVolume && { volumes: [{ volume: dataVolume(this, `${name}-data`), path: dataPath }] }),
      files: [{ path: configPath, content: jaegerConfiguration(dataPath, props) }],
    });
    this.url = `http://${this.container.container.name}:${String(uiPort)}`;
  }
}
