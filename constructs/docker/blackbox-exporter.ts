import { nobody } from "./container-settings";
import type { ExporterProgram } from "./exporter-program";
import { listenAddresses, type ListeningProps } from "./listening";

const port = 9115;

/** Where it reads its modules: the image has a file of its own there, which another one replaces. */
export const blackboxConfigurationPath = "/etc/blackbox_exporter/config.yml";

/**
 * Arguments of the blackbox exporter, 0.23 or newer.
 * @param listening where it answers. Default: at all addresses of its container
 */
export function blackboxCommand(listening: ListeningProps = {}): string[] {
  return [
    `--config.file=${blackboxConfigurationPath}`,
    ...listenAddresses(listening, port).map((address) => `--web.listen-address=${address}`),
  ];
}

/**
 * The blackbox exporter: it asks URLs as a customer would, and says what came of it. Its network must lead out, as a
 * bridge network does. It is published nowhere: whoever can ask it can make it ask anything that it reaches.
 */
export const blackboxExporter: ExporterProgram = {
  name: "blackbox-exporter",
  port,
  image: "prom/blackbox-exporter:v0.29.1",
  limits: { memoryMb: 64, cpus: 0.25 },
  container: {
    command: blackboxCommand(),
    healthCheck: { command: ["wget", "--quiet", "--spider", `http://127.0.0.1:${String(port)}/-/healthy`] },
    // The image has none, and would run as root.
    user: `${nobody}:${nobody}`,
  },
};
