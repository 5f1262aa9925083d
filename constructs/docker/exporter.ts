import { Construct } from "constructs";
import type { ContainerFile } from "./container-parts";
import type { ExporterProgram } from "./exporter-program";
import { MonitoredContainer } from "./monitored-container";
import { checkNetworkedProgram, type NetworkedProgramProps } from "./program-props";

/** Props of `Exporter`. */
export interface ExporterProps extends NetworkedProgramProps {
  /** The program, such as `cadvisor` of `cadvisor.ts`. */
  readonly program: ExporterProgram;
  /**
   * Files that are put into its container, such as its configuration.
   * @default []
   */
  readonly files?: readonly ContainerFile[];
}

/** An exporter in a container of its own. */
export class Exporter extends Construct {
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine would refuse or what could not work */
  constructor(scope: Construct, id: string, props: ExporterProps) {
    checkNetworkedProgram(props).throwFor(scope, id);
    super(scope, id);
    const { program, name = program.name, image, networks, limits, files = [] } = props;
    this.container = new MonitoredContainer(this, "exporter", {
      ...program.container,
      name,
      image,
      networks,
      limits,
      ...(files.length > 0 && { files }),
    });
  }
}
