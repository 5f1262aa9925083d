import { Construct } from "constructs";
import type { Problems } from "../props-error";
import { terraformLiteral } from "../terraform-literal";
import { absolutePath, nobody } from "./container-settings";
import { dataVolume } from "./data-volume";
import { MonitoredContainer } from "./monitored-container";
import { checkListening, listenAddresses, type ListeningProps } from "./listening";
import { checkServer, type ServerProps } from "./program-props";
import { programs } from "./programs";
import { type PrometheusConfiguration, renderPrometheusConfiguration } from "./prometheus-configuration";
import { retentionSize, retentionTime, ruleFileName } from "./prometheus-settings";
import { checkConfiguration } from "./prometheus-validation";

const { name: defaultName, port } = programs.prometheus;
const dataPath = "/prometheus";
const configPath = "/etc/prometheus/prometheus.yml";
const rulesPath = "/etc/prometheus/rules";

/** Prometheus 2.44 or newer, whose promtool can ask for its health; with `listenHost` 3.0, which listens at two addresses. */
export interface PrometheusProps extends ServerProps, ListeningProps {
  /** What it scrapes and whom it tells. Refused: what Prometheus would not start with. */
  readonly configuration: PrometheusConfiguration;
  /**
   * Rule files in YAML, by their names, such as `services.yml`. Refused: a name that does not end so.
   * @default {}
   */
  readonly ruleFiles?: Readonly<Record<string, string>>;
  /**
   * The files that the configuration takes its secrets from, by absolute path: values of sensitive variables.
   * @default {}
   */
  readonly secrets?: Readonly<Record<string, string>>;
  /**
   * Variables of its environment, nothing secret, such as where a program of AWS finds its credentials.
   * @default {}
   */
  readonly environment?: Readonly<Record<string, string>>;
  /** How long samples are kept, such as `15d`: an hour to ten years. */
  readonly retentionTime: string;
  /** The size at which the oldest samples go, such as `10GB`: 512 MB or more. */
  readonly retentionSize: string;
}

/** A Prometheus server with its configuration in it and its samples in a volume, `<name>-data`. */
export class Prometheus extends Construct {
  /** URL on the container's networks. */
  readonly url: string;
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine or Prometheus would refuse or what could not work */
  constructor(scope: Construct, id: string, props: PrometheusProps) {
    checkPrometheus(props).throwFor(scope, id);
    super(scope, id);
    const name = props.name ?? defaultName;
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
        ...listenAddresses(props, port).map((address) => `--web.listen-address=${address}`),
        `--web.external-url=${props.externalUrl}`,
        // A path in that URL is the proxy's in front; here everything stays at the root.
        "--web.route-prefix=/",
        "--enable-feature=exemplar-storage",
      ],
      healthCheck: { command: ["promtool", "check", "healthy", `--url=http://127.0.0.1:${String(port)}`] },
      limits: props.limits,
      user: `${nobody}:0`,
      ports: [{ container: port, host: props.hostPort, address: props.publishOn }],
      ...(props.environment && { environment: props.environment }),
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

function checkPrometheus(props: PrometheusProps): Problems {
  const problems = checkServer(props)
    .holds(retentionTime, "retentionTime", props.retentionTime)
    .holds(retentionSize, "retentionSize", props.retentionSize);
  for (const file of Object.keys(props.ruleFiles ?? {})) problems.holds(ruleFileName, "ruleFiles", file);
  for (const path of Object.keys(props.secrets ?? {})) problems.holds(absolutePath, "secrets", path);
  checkConfiguration(props.configuration, problems);
  return checkListening(props, problems);
}
