import { z } from "zod";
import {
  absolutePath,
  limits,
  loopback,
  pinnedImage,
  publishAddress,
} from "../../constructs/docker/container-settings";
import {
  defaultDataRoot,
  defaultEngine,
  engineNames,
  engineAddress,
  privateSubnet,
} from "../../constructs/docker/engine-settings";
import { traceStorage } from "../../constructs/docker/jaeger-settings";
import { ingestionMbPerSecond, lineRetention } from "../../constructs/docker/loki-settings";
import { programs } from "../../constructs/docker/programs";
import { awsCredentials, defaultRole, role, timezone } from "../../constructs/grafana/settings";
import { duration, httpUrl, port } from "../../schema/primitives";
import { audiences } from "../../dashboards/audiences";
import { settings } from "../../shop/settings";
import { defaultImages } from "../images";
import { exporterImages } from "./exporters";
import { oidcSchema, smtpSchema } from "./grafana-logins";

/** The Docker engine on which the monitoring runs. */
export const dockerSchema = z.strictObject({
  /** Address of the engine. Default `unix:///var/run/docker.sock`. */
  host: engineAddress.default(defaultEngine),
  /**
   * Names of containers, volumes and networks on the engine: `prefixed` with the environment's name, so that several
   * environments can be on one engine, or `plain`, as they were before there was a choice. A changed name is another
   * volume: docs/engine-names.md says how samples come along. Default `prefixed`.
   */
  names: engineNames.default("prefixed"),
  /** Where the engine keeps its data. Default `/var/lib/docker`. */
  dataRoot: absolutePath.default(defaultDataRoot),
  /**
   * Address of the host on which the edge is published, such as `0.0.0.0`. All else is reached from the host alone;
   * without an edge nothing but an address of the loopback is taken. Default 127.0.0.1.
   */
  publishOn: publishAddress.default(loopback),
  /**
   * Addresses of the management network, on which the monitoring's own programs are and no service is: a private range
   * that nothing else on the host uses, of which 16 addresses suffice. Its first address is the host's own, at which
   * node-exporter answers. Default `172.30.89.0/24`.
   */
  managementSubnet: privateSubnet.default("172.30.89.0/24"),
  /**
   * Addresses of the monitoring network, on which Prometheus scrapes the services and they send their spans: another
   * such range, with three more than there are containers on it. Default `172.30.90.0/24`.
   */
  monitoringSubnet: privateSubnet.default("172.30.90.0/24"),
  /** Addresses of the network of the Alertmanagers, where there are two: another such range. Default `172.30.88.0/28`. */
  alertmanagerSubnet: privateSubnet.default("172.30.88.0/28"),
});

/** Grafana: where it is reached by people and by Terraform. */
export const grafanaSchema = z.strictObject({
  /** URL at which Terraform and people reach Grafana. */
  url: httpUrl,
  /** Port of the host at which Grafana is published. Default 3300. */
  hostPort: port.default(3300),
  /** Time zone of the dashboards: `browser`, `utc` or a name such as `Europe/Berlin`. Default `browser`. */
  timezone: timezone.default("browser"),
  /** How often an open dashboard asks again. Default `30s`. */
  refresh: duration("5s", "1d").default("30s"),
  /**
   * The least role of Grafana that sees the dashboards of an audience; the roles above it see them too. Default:
   * `Viewer`, that is everybody with an account.
   */
  visibleFrom: z.strictObject(byAudience(role.default(defaultRole))).prefault({}),
  /**
   * By what Grafana's server may read CloudWatch, which makes it a data source. Default: nothing, and no data source, as it
   * could not work.
   */
  awsCredentials: awsCredentials.optional(),
  /** People log in by OpenID Connect, with roles by their groups. Default: with accounts that `admin` makes. */
  oidc: oidcSchema.optional(),
  /** Grafana mails invitations and links to reset a password. Default: it sends no mail. */
  smtp: smtpSchema.optional(),
  /** Default 512 MiB and 1 CPU. */
  limits: limits.default({ memoryMb: 512, cpus: 1 }),
});

type Audience = keyof typeof audiences | keyof (typeof settings)["audiences"];

function byAudience<T>(value: T): Record<Audience, T> {
  const names = Object.keys({ ...audiences, ...settings.audiences });
  return Object.fromEntries(names.map((name) => [name, value])) as Record<Audience, T>;
}
/** Jaeger: where and how long it keeps traces, where it is published. */
export const jaegerSchema = z.strictObject({
  /** Where traces are kept: on a volume for a time, or in memory where they need not last. Default the volume, for `3d`. */
  storage: traceStorage.default({ kind: "volume", retentionTime: "3d" }),
  /** Port of the host at which its pages are published. Default 16686. */
  hostPort: port.default(programs.jaeger.port),
  /** URL at which people reach it by the edge, without a path. Default: none; it is reached from the host alone. */
  url: httpUrl.optional(),
  /** Default 1024 MiB and 1 CPU. */
  limits: limits.default({ memoryMb: 1024, cpus: 1 }),
});

/** Loki: how many lines it keeps. It is published nowhere; Grafana shows what it has. */
export const lokiSchema = z.strictObject({
  /** How long lines are kept, a day or more. Default `7d`. */
  retentionTime: lineRetention.default("7d"),
  /**
   * MB of lines that it takes per second; what is beyond is refused, and the sender tries again. With `retentionTime` it
   * bounds the disk: it has no limit by size. Default 4.
   */
  ingestionMbPerSecond: ingestionMbPerSecond.default(4),
  /** Default 1024 MiB and 1 CPU. */
  limits: limits.default({ memoryMb: 1024, cpus: 1 }),
});

/** node-exporter on the machine of the Docker engine. */
export const nodeExporterSchema = z.strictObject({
  /** Port at which it answers, on the management network's first address alone. Default 9100. */
  port: port.default(9100),
  /** Default 64 MiB and 0.25 CPU. */
  limits: limits.default({ memoryMb: 64, cpus: 0.25 }),
});

/** The AWS emulator, for an environment without an account. */
export const motoSchema = z.strictObject({
  /** Port of the host at which it is published: that of `aws.emulatorUrl`. */
  hostPort: port,
  /** Default 512 MiB and 1 CPU. */
  limits: limits.default({ memoryMb: 512, cpus: 1 }),
});

/** Images, each pinned. Default: the versions of `environments/images.ts`. */
export const imagesSchema = z
  .strictObject({
    prometheus: pinnedImage.default(defaultImages.prometheus),
    grafana: pinnedImage.default(defaultImages.grafana),
    alertmanager: pinnedImage.default(defaultImages.alertmanager),
    jaeger: pinnedImage.default(defaultImages.jaeger),
    loki: pinnedImage.default(defaultImages.loki),
    nodeExporter: pinnedImage.default(defaultImages.nodeExporter),
    ...exporterImages,
    oauth2Proxy: pinnedImage.default(defaultImages.oauth2Proxy),
    moto: pinnedImage.default(defaultImages.moto),
  })
  .prefault({});
