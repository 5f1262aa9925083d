import { Construct } from "constructs";
import type { ServerProps } from "./container-options";
import { dataVolume } from "./data-volume";
import { MonitoredContainer } from "./monitored-container";
import { type PrometheusConfiguration, renderPrometheusConfiguration } from "./prometheus-configuration";
import { terraformLiteral } from "../terraform-literal";

const port = 9090;
const dataPath = "/prometheus";
const configPath = "/etc/prometheus/prometheus.yml";
const rulesPath = "/etc/prometheus/rules";

/** Prometheus 2.44 or newer, whose promtool can ask for its health. */
export interface PrometheusProps extends ServerProps {
  /** What it scrapes and whom it tells. Refused: two scrape jobs of one name. */
  readonly configuration: PrometheusConfiguration;
  /** Rule files in YAML, by their names, such as `services.yml`. Default: none. */
  readonly ruleFiles?: Readonly<Record<string, string>>;
  /** The files that the configuration takes its secrets from, by absolute path: values of sensitive variables. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** How long samples are kept, such as `15d`. */
  readonly retentionTime: string;
  /** The size at which the oldest samples go, such as `10GB`. */
  readonly retentionSize: string;
}

/** A Prometheus server with its configuration in it and its samples in a volume, `<name>-data`. */
export class Prometheus extends Construct {
  /** URL on the container's networks. */
  readonly url: string;
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  constructor(scope: Construct, id: string, props: PrometheusProps) {
    super(scope, id);
    const name = props.name ?? "prometheus";
    const data = dataVolume(this, `${name}-data`);
    const { ruleFiles = {}, secrets = {} } = props;
    const rules = Object.entries(ruleFiles).map(([file, content]) => ({
      path: `${rulesPath}/${file}`,
      content: terraformLiteral(content),
    }));
    const configuration = renderPrometheusConfiguration(
      props.configuration,
      rules.length > 0 ? [`${rulesPath}/*.yml`] : [],
    );
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
        // A path in that URL is the proxy's in front; here everything stays at the root.
        "--web.route-prefix=/",
        "--enable-feature=exemplar-storage",
      ],
      healthCheck: { command: ["promtool", "check", "healthy", `--url=http://127.0.0.1:${String(port)}`] },
      limits: props.limits,
      user: "65534:0",
      ports: [{ container: port, host: props.hostPort, address: props.publishOn }],
      volumes: [{ volume: data, path: dataPath }],
      files: [
        { path: configPath, content: terraformLiteral(configuration) },
        ...rules,
        ...Object.entries(secrets).map(([path, content]) => ({ path, content, secret: true })),
      ],
    });
    this.url = `http://${this.container.container.name}:${String(port)}`;
  }
}
