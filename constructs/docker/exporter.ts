import { Construct } from "constructs";
import type { MonitoredContainerProps } from "./container-options";
import type { ExporterProgram } from "./exporter-program";
import { MonitoredContainer } from "./monitored-container";
import { checkNetworkedProgram, type NetworkedProgramProps } from "./program-props";

/** Props of `Exporter`. */
export interface ExporterProps extends NetworkedProgramProps {
  /** The program, such as `cadvisor` of `cadvisor.ts`. */
  readonly program: ExporterProgram;
  /**
   * What its container has besides that of the program, such as a file with its configuration.
   * @default {}
   */
  readonly own?: Pick<
    MonitoredContainerProps,
    "command" | "files" | "volumes" | "hostPaths" | "environment" | "ports"
  >;
}

/** An exporter in a container of its own. */
export class Exporter extends Construct {
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine would refuse or what could not work */
  constructor(scope: Construct, id: string, props: ExporterProps) {
    checkNetworkedProgram(props).throwFor(scope, id);
    super(scope, id);
    const { program, name = program.name, image, networks, limits, own } = props;
    this.container = new MonitoredContainer(this, "exporter", {
      ...program.container,
      name,
      image,
      networks,
      limits,
      ...own,
    });
  }
}
