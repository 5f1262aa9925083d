import { Construct } from "constructs";
import { nobody } from "./container-settings";
import { MonitoredContainer } from "./monitored-container";
import { checkPublishedProgram, type PublishedProgramProps } from "./program-props";
import { motoServer } from "./moto-server";
import { programs } from "./programs";

const { name: defaultName, port, tlsPort } = programs.moto;
const probe = `import urllib.request as r; r.urlopen("http://127.0.0.1:${String(port)}/moto-api/")`;

/**
 * moto, an emulator of AWS, over HTTP and, on its networks, over TLS. It keeps everything in memory: when it starts again, the emulated account is empty.
 */
export class Moto extends Construct {
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  /** @throws PropsError for what the engine would refuse or what could not work */
  constructor(scope: Construct, id: string, props: PublishedProgramProps) {
    checkPublishedProgram(props).throwFor(scope, id);
    super(scope, id);
    this.container = new MonitoredContainer(this, "server", {
      name: props.name ?? defaultName,
      image: props.image,
      networks: props.networks,
      environment: { PYTHONDONTWRITEBYTECODE: "1" },
      entrypoint: ["python", "-c", motoServer({ address: "0.0.0.0", port, tlsPort })],
      healthCheck: { command: ["python", "-c", probe] },
      limits: props.limits,
      user: `${nobody}:${nobody}`,
      ports: [{ container: port, host: props.hostPort, address: props.publishOn }],
      tmpfs: [{ path: "/tmp" }],
    });
  }
}
