import type { Network } from "@cdktf/provider-docker/lib/network";
import { Construct } from "constructs";
import { hostAndPort } from "../../schema/primitives";
import { nobody } from "./container-settings";
import { MonitoredContainer } from "./monitored-container";
import { checkProgram, type ProgramProps } from "./program-props";
import { programs } from "./programs";

const rootPath = "/rootfs";

/** node-exporter 1.8 or newer. */
export interface NodeExporterProps extends ProgramProps {
  /**
   * Address of the host and port at which it answers, such as `172.30.90.1:9100`: on the host's own network nothing but
   * the address keeps strangers out. The gateway of a bridge network is reached from that network and the host. Refused:
   * what is no host and port.
   */
  readonly listenAddress: string;
  /** The network whose gateway that is, so that its address is there before. */
  readonly network: Network;
}

/**
 * node-exporter for the machine that the engine runs on: it shares the host's network and processes and sees its root,
 * read-only, as its figures would otherwise be those of its own container.
 */
export class NodeExporter extends Construct {
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine would refuse or what could not work */
  constructor(scope: Construct, id: string, props: NodeExporterProps) {
    checkProgram(props).holds(hostAndPort, "listenAddress", props.listenAddress).throwFor(scope, id);
    super(scope, id);
    this.container = new MonitoredContainer(this, "exporter", {
      name: props.name ?? programs.nodeExporter.name,
      image: props.image,
      networks: [],
      after: [props.network],
      hostNamespaces: ["network", "pid"],
      command: [
        `--web.listen-address=${props.listenAddress}`,
        `--path.rootfs=${rootPath}`,
        // Container's own interfaces and layers come and go; cAdvisor has their figures.
        "--collector.filesystem.mount-points-exclude=^/(dev|proc|run|sys|var/lib/docker/.+)($|/)",
        "--collector.netclass.ignored-devices=^(veth.*|br-.*|docker0|lo)$",
        "--collector.netdev.device-exclude=^(veth.*|br-.*|docker0|lo)$",
      ],
      healthCheck: { command: ["wget", "--quiet", "--spider", `http://${props.listenAddress}/metrics`] },
      limits: props.limits,
      user: `${nobody}:${nobody}`,
      hostPaths: [{ host: "/", path: rootPath, followsMounts: true }],
    });
  }
}
