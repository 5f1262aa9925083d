import { Construct } from "constructs";
import { terraformLiteral } from "../terraform-literal";
import { dataVolume } from "./data-volume";
import { type LokiConfiguration, renderLokiConfiguration } from "./loki-configuration";
import { ingestionMbPerSecond, lineRetention } from "./loki-settings";
import { MonitoredContainer } from "./monitored-container";
import { checkNetworkedProgram, type NetworkedProgramProps } from "./program-props";
import { programs } from "./programs";

const { name: defaultName, port } = programs.loki;
const configPath = "/etc/loki/config.yaml";
const dataPath = "/loki";

/** Loki 3.7 or newer, whose program can ask for its own health: its image has no other. */
export interface LokiProps extends NetworkedProgramProps, LokiConfiguration {}

/**
 * Loki as one process, with its lines in the volume `<name>-data`. It asks nobody who they are, so that it is published
 * nowhere: its networks are those of who sends lines and who reads them.
 */
export class Loki extends Construct {
  /** URL of its API on its networks. */
  readonly url: string;
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine would refuse or what could not work */
  constructor(scope: Construct, id: string, props: LokiProps) {
    checkNetworkedProgram(props)
      .holds(lineRetention, "retentionTime", props.retentionTime)
      .holds(ingestionMbPerSecond, "ingestionMbPerSecond", props.ingestionMbPerSecond)
      .throwFor(scope, id);
    super(scope, id);
    const name = props.name ?? defaultName;
    const data = dataVolume(this, `${name}-data`);
    this.container = new MonitoredContainer(this, "server", {
      name,
      image: props.image,
      networks: props.networks,
      command: [`-config.file=${configPath}`],
      healthCheck: {
        command: ["loki", "-health", `-health.url=http://127.0.0.1:${String(port)}/ready`],
        // It says that it is ready 15 s after it is.
        startPeriodSeconds: 60,
      },
      limits: props.limits,
      // The image's own user, to whom its data folder belongs.
      user: "10001:10001",
      volumes: [{ volume: data, path: dataPath }],
      files: [
        { path: configPath, content: terraformLiteral(renderLokiConfiguration(props, { port, dataPath })) },
      ],
    });
    this.url = `http://${this.container.container.name}:${String(port)}`;
  }
}
