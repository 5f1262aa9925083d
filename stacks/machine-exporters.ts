import { Network } from "@cdktf/provider-docker/lib/network";
import { DockerProvider } from "@cdktf/provider-docker/lib/provider";
import { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { cadvisor, cadvisorHostPaths } from "../constructs/docker/cadvisor";
import { engineNameOf } from "../constructs/docker/engine-names";
import { Exporter } from "../constructs/docker/exporter";
import { logShipper } from "../constructs/docker/log-shipper";
import { NodeExporter } from "../constructs/docker/node-exporter";
import type { Environment } from "../environments";
import { containerNames, engineNetworks } from "../environments/container-names";
import type { MachineEngine } from "../environments/machine-engines";
import { logShipperContainer } from "./log-shipping";

/** What watches one machine besides the engine's own, on its engine: a provider of its own, with the machine's name. */
export class MachineExporters extends Construct {
  /** @throws PropsError for what the engine would refuse or what could not work */
  constructor(scope: Construct, environment: Environment, machine: MachineEngine) {
    // No service has a name like this.
    super(scope, `machine_${machine.name}`);
    const provider = new DockerProvider(this, "docker", { alias: machine.name, host: machine.engine });
    // Terraform takes away what was there by this provider.
    if (!machine.retired) this.addExporters(environment, machine);
    // All that was made here is on that engine.
    for (const node of this.node.findAll()) if (node instanceof TerraformResource) node.provider = provider;
  }

  private addExporters(environment: Environment, machine: MachineEngine): void {
    const network = new Network(this, engineNetworks.management, {
      name: engineNameOf(this, engineNetworks.management),
      driver: "bridge",
    });
    const { images, nodeExporter, cadvisor: ofCadvisor, logShipper: ofShipper } = environment;
    new NodeExporter(this, "node-exporter", {
      name: containerNames.nodeExporter,
      image: images.nodeExporter,
      limits: nodeExporter.limits,
      listenAddress: `${machine.address}:${String(machine.nodeExporterPort)}`,
      network,
    });
    const publishedAt = (container: number, host: number) => ({
      ports: [{ container, host, address: machine.address }],
    });
    new Exporter(this, cadvisor.name, {
      program: cadvisor,
      image: images.cadvisor,
      networks: [network],
      limits: ofCadvisor.limits,
      own: {
        hostPaths: cadvisorHostPaths(machine.dataRoot),
        ...publishedAt(cadvisor.port, machine.cadvisorPort),
      },
    });
    if (ofShipper && machine.logShipperPort !== undefined) {
      new Exporter(this, logShipper.name, {
        program: logShipper,
        image: images.logShipper,
        networks: [network],
        limits: ofShipper.limits,
        own: {
          ...logShipperContainer(this, environment, ofShipper, machine),
          ...publishedAt(logShipper.port, machine.logShipperPort),
        },
      });
    }
  }
}
