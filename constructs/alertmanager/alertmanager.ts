import { Construct } from "constructs";
import type { ContainerFile } from "../docker/container-parts";
import { absolutePath, containerName, nobody } from "../docker/container-settings";
import { dataVolume } from "../docker/data-volume";
import { MonitoredContainer } from "../docker/monitored-container";
import { checkServer, type ServerProps } from "../docker/program-props";
import type { Problems } from "../props-error";
import { terraformLiteral } from "../terraform-literal";
import { alertmanagerPort as port, clusterPort, defaultName, retentionHours } from "./settings";

const dataPath = "/alertmanager";
const configPath = "/etc/alertmanager/alertmanager.yml";

/** Alertmanager 0.28 or newer, for Discord's URL from a file and for Microsoft Teams. */
export interface AlertmanagerProps extends ServerProps {
  /** The configuration file, in YAML, without secrets. */
  readonly configuration: string;
  /**
   * Further files that the configuration names, such as templates, by absolute path.
   * @default {}
   */
  readonly files?: Readonly<Record<string, string>>;
  /** The files that the configuration takes its secrets from, by absolute path: values of sensitive variables. */
  readonly secrets: Readonly<Record<string, string>>;
  /**
   * Names of the other Alertmanagers of the cluster, on one of the networks. All of one cluster need the same
   * configuration, and Prometheus must tell each of them. Refused: its own name, and one that is there twice.
   * @default [] - it is alone
   */
  readonly peers?: readonly string[];
  /**
   * How long it remembers what it has told, in hours: longer than the longest time after which it tells the same again.
   * @default 120 - Alertmanager's own
   */
  readonly retentionHours?: number;
}

/** An Alertmanager with its configuration and secrets in it and its silences in a volume, `<name>-data`. */
export class Alertmanager extends Construct {
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine would refuse or what could not work */
  constructor(scope: Construct, id: string, props: AlertmanagerProps) {
    checkAlertmanager(props).throwFor(scope, id);
    super(scope, id);
    const name = props.name ?? defaultName;
    const data = dataVolume(this, `${name}-data`);
    this.container = new MonitoredContainer(this, "server", {
      name,
      image: props.image,
      networks: props.networks,
      command: [
        `--config.file=${configPath}`,
        `--storage.path=${dataPath}`,
        `--data.retention=${String(props.retentionHours ?? 120)}h`,
        // What it has told is on disk this soon: killed later than that, it does not tell it again when it starts.
        "--data.maintenance-interval=5s",
        `--web.external-url=${props.externalUrl}`,
        // A path in that URL is the proxy's in front; here everything stays at the root.
        "--web.route-prefix=/",
        ...clusterOptions(props.peers ?? []),
      ],
      healthCheck: {
        command: ["wget", "--quiet", "--spider", `http://127.0.0.1:${String(port)}/-/healthy`],
      },
      limits: props.limits,
      user: `${nobody}:0`,
      ports: [{ container: port, host: props.hostPort, address: props.publishOn }],
      volumes: [{ volume: data, path: dataPath }],
      files: filesOf(props),
    });
  }
}

/** The port of the cluster is not published: it takes whatever comes, and is for the peers on the networks alone. */
function clusterOptions(peers: readonly string[]): string[] {
  // Empty: no cluster, and so no port for one.
  if (peers.length === 0) return ["--cluster.listen-address="];
  return [
    `--cluster.listen-address=0.0.0.0:${String(clusterPort)}`,
    ...peers.map((peer) => `--cluster.peer=${peer}:${String(clusterPort)}`),
  ];
}

function filesOf({ configuration, files = {}, secrets }: AlertmanagerProps): ContainerFile[] {
  return [
    { path: configPath, content: terraformLiteral(configuration) },
    ...Object.entries(files).map(([path, content]) => ({ path, content: terraformLiteral(content) })),
    ...Object.entries(secrets).map(([path, content]) => ({ path, content, secret: true })),
  ];
}

function checkAlertmanager(props: AlertmanagerProps): Problems {
  const { name = defaultName, files = {}, secrets, peers = [] } = props;
  const problems = checkServer(props).mayHold(retentionHours, "retentionHours", props.retentionHours);
  for (const path of Object.keys(files)) problems.holds(absolutePath, "files", path);
  for (const path of Object.keys(secrets)) problems.holds(absolutePath, "secrets", path);
  peers.forEach((peer, index) => {
    const prop = `peers[${String(index)}]`;
    problems
      .holds(containerName, prop, peer)
      .expect(peer !== name && peers.indexOf(peer) === index, prop, peer, "each of the others once");
  });
  return problems;
}
