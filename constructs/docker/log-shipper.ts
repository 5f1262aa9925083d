import type { ExporterProgram } from "./exporter-program";
import { logShipperSettings } from "./log-shipper-settings";

const port = 2020;

/** Where it reads its configuration. */
export const logShipperConfigurationPath = "/fluent-bit/etc/log-shipper.yaml";

/** Where it sees the folder in which the engine has a folder for each container. */
export const containersPath = "/var/lib/docker/containers";

/** Where it keeps what waits, and how far each file is read. */
export const logShipperStatePath = "/var/lib/log-shipper";

/**
 * Fluent Bit, 5.1 or newer, which reads the lines of the engine's containers from the engine's files, and sends them on.
 * It does not speak to the engine, whose socket would make it root of the machine: it sees the files of the containers
 * read-only, as root, whom they belong to, with no capability. What is away holds up no container: the lines are in the
 * engine's files, and those that it has read wait on its volume.
 */
export const logShipper = {
  name: "log-shipper",
  port,
  metricsPath: "/api/v2/metrics/prometheus",
  image: "fluent/fluent-bit:5.1.1",
  limits: { memoryMb: 128, cpus: 0.5 },
  settings: logShipperSettings,
  container: {
    command: ["--config", logShipperConfigurationPath],
    entrypoint: ["/fluent-bit/bin/fluent-bit"],
    healthCheck: { none: "The image has Fluent Bit alone, and it can ask nothing. Prometheus asks it." },
    user: "0:0",
  },
} as const satisfies ExporterProgram;
