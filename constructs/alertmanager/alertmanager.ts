import type { Network } from "@cdktf/provider-docker/lib/network";
import { Construct } from "constructs";
import type { ContainerFile } from "../docker/container-parts";
import { absolutePath, nobody } from "../docker/container-settings";
import { dataVolume } from "../docker/data-volume";
import { MonitoredContainer } from "../docker/monitored-container";
import { containerAddress } from "../docker/network-membership";
import { checkServer, type ServerProps } from "../docker/program-props";
import type { Problems } from "../props-error";
import { terraformLiteral } from "../terraform-literal";
import { alertmanagerPort as port, clusterPort, defaultName, retentionHours } from "./settings";

const dataPath = "/alertmanager";
const configPath = "/etc/alertmanager/alertmanager.yml";

/** A cluster of Alertmanagers, and what is one's own place in it. */
export interface AlertmanagerCluster {
  /**
   * A network of their own, with a range of addresses: who reaches an Alertmanager's port of the cluster can join it, and
   * learn, silence and hold back what is told. So nothing else is to be on it, and it is best an internal one.
   */
  readonly network: Network;
  /** The IPv4 address of this one on that network, at which alone it listens for the others. */
  readonly address: string;
  /** The IPv4 addresses of the others, one or more. Refused: its own, and one that is there twice. */
  readonly peers: readonly string[];
}

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
   * The cluster that it is one of. All of one cluster need the same configuration, and Prometheus must tell each of them.
   * @default - it is alone
   */
  readonly cluster?: AlertmanagerCluster;
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
      networks: [
        ...props.networks,
        ...(props.cluster ? [{ network: props.cluster.network, address: props.cluster.address }] : []),
      ],
      command: [
        `--config.file=${configPath}`,
        `--storage.path=${dataPath}`,
        `--data.retention=${String(props.retentionHours ?? 120)}h`,
        // What it has told is on disk this soon: killed later than that, it does not tell it again when it starts.
        "--data.maintenance-interval=5s",
        `--web.external-url=${props.externalUrl}`,
        // A path in that URL is the proxy's in front; here everything stays at the root.
        "--web.route-prefix=/",
        ...clusterOptions(props.cluster),
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

/** By address, not by name: Alertmanager listens at no name, and tells the others where it listens. */
function clusterOptions(cluster: AlertmanagerCluster | undefined): string[] {
  // Empty: no cluster, and so no port for one.
  if (!cluster) return ["--cluster.listen-address="];
  return [
    `--cluster.listen-address=${cluster.address}:${String(clusterPort)}`,
    ...cluster.peers.map((peer) => `--cluster.peer=${peer}:${String(clusterPort)}`),
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
  const { files = {}, secrets, cluster } = props;
  const problems = checkServer(props).mayHold(retentionHours, "retentionHours", props.retentionHours);
  for (const path of Object.keys(files)) problems.holds(absolutePath, "files", path);
  for (const path of Object.keys(secrets)) problems.holds(absolutePath, "secrets", path);
  if (cluster) checkCluster(cluster, problems);
  return problems;
}

function checkCluster({ address, peers }: AlertmanagerCluster, problems: Problems): void {
  problems
    .holds(containerAddress, "cluster.address", address)
    .expect(peers.length > 0, "cluster.peers", peers, "one other or more");
  peers.forEach((peer, index) => {
    const prop = `cluster.peers[${String(index)}]`;
    problems
      .holds(containerAddress, prop, peer)
      .expect(peer !== address && peers.indexOf(peer) === index, prop, peer, "each of the others once");
  });
}
