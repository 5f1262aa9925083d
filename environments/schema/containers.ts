import { z } from "zod";
import { defaultImages } from "../images";
import { defaultBridge, type Ipv4Range, ipv4Range, overlap } from "../../schema/ipv4-range";
import {
  dashedName,
  decimal,
  duration,
  hostAndPort,
  httpUrl,
  isPort,
  list,
  pinnedImage,
  port,
  textThat,
  wholeNumber,
} from "../../schema/primitives";

const dockerHost = textThat(
  isDockerHost,
  `a Docker host such as "unix:///var/run/docker.sock" or "ssh://user@host:22", its port from 1 to 65535`,
);

function isDockerHost(value: string): boolean {
  const match =
    /^(?:unix:\/\/\/\S+|ssh:\/\/(?:[^\s@/]+@)?[^\s@/:]+(?::(\d+))?|tcp:\/\/[^\s@/:]+:(\d+))$/.exec(value);
  return match !== null && isPort(match[1] ?? match[2] ?? "22");
}

const ipv4 = z.ipv4({ error: `an IPv4 address such as "127.0.0.1"` });

const subnetAllowed =
  `a private IPv4 range of 16 to 4096 addresses that starts at a multiple of its size, such as "172.30.90.0/24", ` +
  `outside of ${defaultBridge}, which the engine's own bridge has`;
const privateSubnet = textThat(isPrivateSubnet, subnetAllowed);
const privateRanges = rangesOf("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");
const takenRanges = rangesOf(defaultBridge);

function rangesOf(...cidrs: readonly string[]): Ipv4Range[] {
  return cidrs.flatMap((cidr) => ipv4Range(cidr) ?? []);
}

function isPrivateSubnet(value: string): boolean {
  const range = ipv4Range(value);
  return (
    range !== undefined &&
    range.size >= 16 &&
    range.size <= 4096 &&
    privateRanges.some((each) => overlap(each, range)) &&
    !takenRanges.some((each) => overlap(each, range))
  );
}

/** The Docker engine on which the monitoring runs. */
export const dockerSchema = z.strictObject({
  /** Address of the engine. Default `unix:///var/run/docker.sock`. */
  host: dockerHost.default("unix:///var/run/docker.sock"),
  /** Address of the host on which ports are published. Default 127.0.0.1: reached from the host alone. */
  publishOn: ipv4.default("127.0.0.1"),
  /**
   * Addresses of the monitoring network, a private range that nothing else on the host uses, with three more than there
   * are containers on it: its first address is the host's own, at which node-exporter answers. Default
   * `172.30.90.0/24`.
   */
  monitoringSubnet: privateSubnet.default("172.30.90.0/24"),
});

/** Limits of one container. */
export const limitsSchema = z.strictObject({
  /** Memory in MiB; the daemon ends a container that wants more. */
  memoryMb: wholeNumber(16, 1_048_576),
  /** CPUs: 0.5 is half of one. */
  cpus: decimal(0.01, 1024),
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

/** Jaeger: how many traces it keeps, where it is published. */
export const jaegerSchema = z.strictObject({
  /** Traces kept in memory; the oldest go first. Default 100,000. */
  maxTraces: wholeNumber(1, 10_000_000).default(100_000),
  /** Port of the host at which its pages are published. Default 16686. */
  hostPort: port.default(16686),
  /** Default 1024 MiB and 1 CPU. */
  limits: limitsSchema.default({ memoryMb: 1024, cpus: 1 }),
});

/** node-exporter: the machine of the Docker engine, and others. */
export const nodeExporterSchema = z.strictObject({
  /** Name of the engine's machine in dashboards and alerts. Default `docker-host`. */
  instance: dashedName(60).default("docker-host"),
  /** Port at which it answers, on the monitoring network's first address alone. Default 9100. */
  port: port.default(9100),
  /** Default 64 MiB and 0.25 CPU. */
  limits: limitsSchema.default({ memoryMb: 64, cpus: 0.25 }),
  /** Other machines that run a node-exporter. Default: none. */
  otherHosts: list(
    z.strictObject({
      /** Name of the machine in dashboards and alerts. */
      instance: dashedName(60),
      /** Where Prometheus reaches its node-exporter. */
      address: hostAndPort,
    }),
    0,
    1000,
  ).default([]),
});

/** cAdvisor. */
export const cadvisorSchema = z.strictObject({
  /** Default 256 MiB and 0.5 CPU. */
  limits: limitsSchema.default({ memoryMb: 256, cpus: 0.5 }),
});

/** The AWS emulator, for an environment without an account. */
export const motoSchema = z.strictObject({
  /** Port of the host at which it is published: that of `aws.emulatorUrl`. */
  hostPort: port,
  /** Default 512 MiB and 1 CPU. */
  limits: limitsSchema.default({ memoryMb: 512, cpus: 1 }),
});

/** Images, each pinned. Default: the versions of `environments/images.ts`. */
export const imagesSchema = z
  .strictObject({
    prometheus: pinnedImage.default(defaultImages.prometheus),
    grafana: pinnedImage.default(defaultImages.grafana),
    alertmanager: pinnedImage.default(defaultImages.alertmanager),
    jaeger: pinnedImage.default(defaultImages.jaeger),
    nodeExporter: pinnedImage.default(defaultImages.nodeExporter),
    cadvisor: pinnedImage.default(defaultImages.cadvisor),
    moto: pinnedImage.default(defaultImages.moto),
  })
  .prefault({});
