import type { Network } from "@cdktf/provider-docker/lib/network";
import { Volume } from "@cdktf/provider-docker/lib/volume";
import { Construct } from "constructs";
import type { Limits } from "./container-options";
import { MonitoredContainer } from "./monitored-container";
import { type PrometheusConfiguration, renderPrometheusConfiguration } from "./prometheus-configuration";
import { terraformLiteral } from "../terraform-literal";

const port = 9090;
const dataPath = "/prometheus";
const configPath = "/etc/prometheus/prometheus.yml";

export interface PrometheusProps {
  /** Image, pinned. Prometheus 2.40 or newer. */
  readonly image: string;
  /** Networks that Prometheus is on: those of its targets. */
  readonly networks: readonly Network[];
  readonly configuration: PrometheusConfiguration;
  /** URL at which people reach it; links in alerts start with it. */
  readonly externalUrl: string;
  /** How long samples are kept, such as `15d`. */
  readonly retentionTime: string;
  /** The size at which the oldest samples go, such as `10GB`. */
  readonly retentionSize: string;
  /** Port of the host at which it is published, 1 to 65535. */
  readonly hostPort: number;
  /** Address of the host at which it is published. Default 127.0.0.1. */
  readonly publishOn?: string;
  readonly limits: Limits;
  /** Name of the container on its networks. Default `prometheus`. */
  readonly name?: string;
}

/** A Prometheus server with its configuration in it and its samples in a volume, `<name>-data`. */
export class Prometheus extends Construct {
  /** URL on the container's networks. */
  readonly url: string;
  readonly container: MonitoredContainer;

  constructor(scope: Construct, id: string, props: PrometheusProps) {
    super(scope, id);
    const name = props.name ?? "prometheus";
    const data = new Volume(this, "data", { name: `${name}-data` });
    this.container = new MonitoredContainer(this, "server", {
      name,
      image: props.image,
      networks: props.networks,
      command: [
        `--config.file=${configPath}`,
        `--storage.tsdb.path=${dataPath}`,
        `--storage.tsdb.retention.time=${props.retentionTime}`,
        `--storage.tsdb.retention.size=${props.retentionSize}`,
        `--web.external-url=${props.externalUrl}`,
        "--enable-feature=exemplar-storage",
      ],
      healthCheck: { command: ["promtool", "check", "healthy", `--url=http://127.0.0.1:${String(port)}`] },
      limits: props.limits,
      user: "65534:0",
      ports: [{ container: port, host: props.hostPort, address: props.publishOn }],
      volumes: [{ volume: data, path: dataPath }],
      files: [
        { path: configPath, content: terraformLiteral(renderPrometheusConfiguration(props.configuration)) },
      ],
    });
    this.url = `http://${this.container.container.name}:${String(port)}`;
  }
}
