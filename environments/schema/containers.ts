import { z } from "zod";
import { defaultImages } from "../images";
import {
  dashedName,
  decimal,
  duration,
  httpUrl,
  pinnedImage,
  port,
  text,
  textThat,
  wholeNumber,
} from "./primitives";

const dockerHost = text(
  /^(?:unix:\/\/\/[^\s]+|ssh:\/\/(?:[^\s@/]+@)?[^\s@/:]+(?::\d{1,5})?|tcp:\/\/[^\s@/:]+:\d{1,5})$/,
  `a Docker host such as "unix:///var/run/docker.sock" or "ssh://user@host:22"`,
);

const ipv4 = z.ipv4({ error: `an IPv4 address such as "127.0.0.1"` });

/** The Docker engine on which the monitoring runs. */
export const dockerSchema = z.strictObject({
  /** Address of the engine. Default `unix:///var/run/docker.sock`. */
  host: dockerHost.default("unix:///var/run/docker.sock"),
  /** Address of the host on which ports are published. Default 127.0.0.1: reached from the host alone. */
  publishOn: ipv4.default("127.0.0.1"),
});

/** Limits of one container. */
export const limitsSchema = z.strictObject({
  /** Memory in MiB; the daemon ends a container that wants more. */
  memoryMb: wholeNumber(16, 1_048_576),
  /** CPUs: 0.5 is half of one. */
  cpus: decimal(0.01, 1024),
});

const byteSize = text(/^[1-9]\d{0,5}(?:MB|GB|TB)$/, `a size such as "512MB" or "10GB"`);

/** Prometheus: how often it asks, how long it remembers. */
export const prometheusSchema = z.strictObject({
  /** URL at which people reach Prometheus: links in alerts start with it. */
  url: httpUrl,
  /** Time between two scrapes of a target, and between two evaluations of a rule. Default `15s`. */
  scrapeInterval: duration("5s", "5m").default("15s"),
  /** How long samples are kept. Default `15d`. */
  retentionTime: duration("1h", "10y").default("15d"),
  /** The size at which the oldest samples go, whatever their age. Default `10GB`. */
  retentionSize: byteSize.default("10GB"),
  /** Port of the host at which Prometheus is published. Default 9090. */
  hostPort: port.default(9090),
  /** Default 1024 MiB and 1 CPU. */
  limits: limitsSchema.default({ memoryMb: 1024, cpus: 1 }),
});

const role = z.enum(["Viewer", "Editor", "Admin"]);

/** Grafana: where it is reached by people and by Terraform. */
export const grafanaSchema = z.strictObject({
  /** URL at which Terraform and people reach Grafana. */
  url: httpUrl,
  /** Port of the host at which Grafana is published. Default 3300. */
  hostPort: port.default(3300),
  /** Time zone of the dashboards: `browser`, `utc` or a name such as `Europe/Berlin`. Default `browser`. */
  timezone: textThat(isTimezone, `"browser", "utc" or a time zone such as "Europe/Berlin"`).default(
    "browser",
  ),
  /** How often an open dashboard asks again. Default `30s`. */
  refresh: duration("5s", "1d").default("30s"),
  /**
   * The least role of Grafana that sees the dashboards of an audience; the roles above it see them too. Default:
   * `Viewer`, that is everybody with an account.
   */
  visibleFrom: z
    .strictObject({
      platform: role.default("Viewer"),
      services: role.default("Viewer"),
      business: role.default("Viewer"),
    })
    .prefault({}),
  /** Default 512 MiB and 1 CPU. */
  limits: limitsSchema.default({ memoryMb: 512, cpus: 1 }),
});

function isTimezone(name: string): boolean {
  return name === "browser" || name === "utc" || Intl.supportedValuesOf("timeZone").includes(name);
}

/** Images, each pinned. Default: the versions of `environments/images.ts`. */
export const imagesSchema = z
  .strictObject({
    prometheus: pinnedImage.default(defaultImages.prometheus),
    grafana: pinnedImage.default(defaultImages.grafana),
    alertmanager: pinnedImage.default(defaultImages.alertmanager),
  })
  .prefault({});

/** A service that is watched: Prometheus scrapes it, dashboards and alerts show it. */
export const serviceSchema = z.strictObject({
  /** Name of the service: its DNS name on the monitoring network and the value of the label `service`. */
  name: dashedName(40),
  /** Port at which it answers on that network. */
  port,
  /** Path of its metrics. Default `/metrics`. */
  metricsPath: text(/^\/[A-Za-z0-9._~/-]*$/, `a path such as "/metrics"`).default("/metrics"),
});
