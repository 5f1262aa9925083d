import { cadvisor } from "../constructs/docker/cadvisor";
import { logShipper } from "../constructs/docker/log-shipper";
import type { Environment } from "./environment";
import { shipsToLogGroup } from "./log-lines";

/** A machine on whose Docker engine the exporters are started. */
export interface MachineEngine {
  /** Name of the machine. */
  readonly name: string;
  /** Address of its engine. */
  readonly engine: string;
  /** Where its engine keeps its data. */
  readonly dataRoot: string;
  /** Whether nothing is to be on it any more. */
  readonly retired: boolean;
  /** IPv4 address of the machine, at which they answer. */
  readonly address: string;
  readonly nodeExporterPort: number;
  readonly cadvisorPort: number;
  /** Undefined where no log shipper is started there. */
  readonly logShipperPort: number | undefined;
}

/** The machines besides the engine's own on whose engines exporters are started. */
export function machineEngines(environment: Environment): readonly MachineEngine[] {
  return environment.machines.others.flatMap(
    ({ name, address, engine, dataRoot, retired, nodeExporterPort, cadvisorPort }) =>
      engine === undefined
        ? []
        : [
            {
              name,
              engine,
              dataRoot,
              retired,
              address,
              nodeExporterPort,
              cadvisorPort: cadvisorPort ?? cadvisor.port,
              logShipperPort: shipsFromMachines(environment) ? logShipper.port : undefined,
            },
          ],
  );
}

/** Loki, and an emulator, are on the engine's own network alone: other machines do not reach them. */
function shipsFromMachines(environment: Environment): boolean {
  const { aws, logShipper: shipper } = environment;
  return shipper !== undefined && aws.emulatorUrl === undefined && shipsToLogGroup(environment);
}
