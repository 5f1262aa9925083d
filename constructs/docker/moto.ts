import { Construct } from "constructs";
import type { PublishedProgramProps } from "./container-options";
import { MonitoredContainer } from "./monitored-container";

const port = 5000;
const probe = `import urllib.request as r; r.urlopen("http://127.0.0.1:${String(port)}/moto-api/")`;

/**
 * moto, an emulator of AWS. It keeps everything in memory: when it starts again, the emulated account is empty.
 */
export class Moto extends Construct {
  /** The container that it runs in. */
  readonly container: MonitoredContainer;

  constructor(scope: Construct, id: string, props: PublishedProgramProps) {
    super(scope, id);
    this.container = new MonitoredContainer(this, "server", {
      name: props.name ?? "moto",
      image: props.image,
      networks: props.networks,
      environment: { MOTO_PORT: String(port), PYTHONDONTWRITEBYTECODE: "1" },
      healthCheck: { command: ["python", "-c", probe] },
      limits: props.limits,
      user: "65534:65534",
      ports: [{ container: port, host: props.hostPort, address: props.publishOn }],
      tmpfs: [{ path: "/tmp" }],
    });
  }
}
