import { Volume } from "@cdktf/provider-docker/lib/volume";
import { Construct } from "constructs";
import type { ContainerFile, ServerProps } from "../docker/container-options";
import { MonitoredContainer } from "../docker/monitored-container";
import { terraformLiteral } from "../terraform-literal";

const port = 9093;
const dataPath = "/alertmanager";
const configPath = "/etc/alertmanager/alertmanager.yml";

/** Alertmanager 0.28 or newer, for Discord's URL from a file. */
export interface AlertmanagerProps extends ServerProps {
  /** The configuration file, in YAML, without secrets. */
  readonly configuration: string;
  /** The files that the configuration takes its secrets from, by absolute path: values of sensitive variables. */
  readonly secrets: Readonly<Record<string, string>>;
}

/** An Alertmanager with its configuration and secrets in it and its silences in a volume, `<name>-data`. */
export class Alertmanager extends Construct {
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  constructor(scope: Construct, id: string, props: AlertmanagerProps) {
    super(scope, id);
    const name = props.name ?? "alertmanager";
    const data = new Volume(this, "data", { name: `${name}-data` });
    const secrets = Object.entries(props.secrets).map(([path, content]): ContainerFile => ({
      path,
      content,
      secret: true,
    }));
    this.container = new MonitoredContainer(this, "server", {
      name,
      image: props.image,
      networks: props.networks,
      command: [
        `--config.file=${configPath}`,
        `--storage.path=${dataPath}`,
        `--web.external-url=${props.externalUrl}`,
        // A path in that URL is the proxy's in front; here everything stays at the root.
        "--web.route-prefix=/",
        // One server: no cluster, and so no port for one.
        "--cluster.listen-address=",
      ],
      healthCheck: {
        command: ["wget", "--quiet", "--spider", `http://127.0.0.1:${String(port)}/-/healthy`],
      },
      limits: props.limits,
      user: "65534:0",
      ports: [{ container: port, host: props.hostPort, address: props.publishOn }],
      volumes: [{ volume: data, path: dataPath }],
      files: [{ path: configPath, content: terraformLiteral(props.configuration) }, ...secrets],
    });
  }
}
