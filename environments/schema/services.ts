import { z } from "zod";
import {
  buildArgument,
  defaultDockerfile,
  defaultMemoryFolderMb,
  healthCheck,
  limits,
  memoryFolderMb,
  pinnedImage,
  secretPath,
  user,
  variableName,
} from "../../constructs/docker/container-settings";
import { probeSchema } from "../../constructs/docker/blackbox-settings";
import { metricsPath, sampleLimit } from "../../constructs/docker/prometheus-settings";
import {
  dnsName,
  defaultRefreshInterval,
  refreshInterval,
  tags,
  targetRecord,
} from "../../constructs/docker/discovery-settings";
import {
  dashedName,
  hostAndPort,
  hostName,
  httpUrl,
  list,
  port,
  secretName,
  text,
} from "../../schema/primitives";
import { fileAuth } from "./prometheus";
import { inboxPorts } from "../inbox-ports";

const relativePath = text(
  /^(?!\/)(?!.*(?:^|\/)\.\.(?:\/|$))[\w.@/-]{1,200}$/,
  `a path from the root of this repository without "..", such as "services"`,
);

/** How the engine builds an image from files of this repository. */
export const buildSchema = z.strictObject({
  /** Folder that is sent to the engine, less what its `.dockerignore` leaves out. Default: the repository's root. */
  context: relativePath.default("."),
  /** Dockerfile, from the context. Default `Dockerfile`. */
  dockerfile: relativePath.default(defaultDockerfile),
  /** Build arguments, nothing secret: the image keeps them. Default: none. */
  args: z.record(buildArgument, z.string()).default({}),
  /** Files and folders, from the context, of which a change makes the image to be built again. */
  sources: list(relativePath, 1, 50),
});

/** What every container that the environment describes itself has. */
export const containerShape = {
  /** Image, pinned. Default: none; the service runs elsewhere unless `build` says how to make one. */
  image: pinnedImage.optional(),
  /** How the image is built where there is no `image`. */
  build: buildSchema.optional(),
  /** Variables of its environment, nothing secret: what looks like a secret is refused. Default: none. */
  environment: z.record(variableName, z.string()).default({}),
  /** Names of those variables of `environment` that look like secrets and are none. Default: none. */
  notSecret: list(variableName, 0, 50).default([]),
  /**
   * Program of the image, with its arguments, that ends with 0 when all is well, such as
   * `["wget", "--spider", "http://127.0.0.1:8080/health"]`. Needed with `image` or `build`.
   */
  healthCheck: healthCheck.shape.command.optional(),
  /** Port of the host at which it is published. Default: not at all. */
  hostPort: port.optional(),
  /** Default 256 MiB and 0.5 CPU. */
  limits: limits.default({ memoryMb: 256, cpus: 0.5 }),
  /**
   * Size of its `/tmp` in MiB, the only place where it can write. It is in memory, and what is in it counts towards
   * `limits.memoryMb`; nothing in it can be run as a program. Default 64.
   */
  tmpMb: memoryFolderMb.default(defaultMemoryFolderMb),
};

const asked = {
  /** How often it is asked which there are. Default `1m`. */
  refreshInterval: refreshInterval.default(defaultRefreshInterval),
};
const inVariable = z.strictObject({
  /** Name of the sensitive Terraform variable that holds it. */
  secret: secretName,
});

/** Where Prometheus finds the instances of a service that runs elsewhere, and how it asks them. */
const elsewhereSchema = z.strictObject({
  /** Which instances there are. */
  targets: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("addresses"),
      /** Host and port of each. */
      addresses: list(hostAndPort, 1, 1000),
    }),
    z.strictObject({
      kind: z.literal("dns"),
      /** A name in DNS, whose records are the instances. */
      name: dnsName,
      /** Kind of its records; those of `SRV` hold the port, too. Default `A`. */
      type: targetRecord.default("A"),
      ...asked,
    }),
    z.strictObject({
      kind: z.literal("ec2"),
      /** Tags of the instances of EC2 that it runs on; those that run are asked at their private addresses. */
      tags: tags.refine((value) => Object.keys(value).length > 0, { error: "one tag or more" }),
      ...asked,
    }),
  ]),
  /** Whether they are asked over TLS. Default `http`. */
  scheme: z.enum(["http", "https"]).default("http"),
  /** What TLS needs besides; with the scheme `https` alone. Default: the authorities that Prometheus's image trusts. */
  tls: z
    .strictObject({
      /** Certificates of the authorities that are trusted, in PEM. Default: those that Prometheus's image trusts. */
      ca: inVariable.optional(),
      /** Certificate, in PEM, by which Prometheus proves who it is. Default: none. */
      certificate: inVariable.optional(),
      /** Key of that certificate, in PEM. Default: none. */
      key: inVariable.optional(),
      /** Name that the instances' certificates must have. Default: that in the address of each. */
      serverName: hostName.optional(),
    })
    .optional(),
  /** How Prometheus proves who it is. Default: not at all. */
  auth: fileAuth.optional(),
});

/** Networks that a service can be on: of the services' own calls, and of its scrapes and spans. */
export const networkNames = ["microservices", "monitoring"] as const;

/**
 * A service that is watched: Prometheus scrapes it, dashboards and alerts show it. With `image` or `build` it runs in a
 * container of its own; with neither it runs elsewhere, and is a target only: where `elsewhere` says, or at its name on
 * the monitoring network, which it joins by itself.
 */
export const serviceSchema = z.strictObject({
  /**
   * Name of the service: its DNS name on the networks, its container's, and the value of the label `service`. A
   * container's own name may have capitals, dots and underscores; one of DNS and of AWS may not.
   */
  name: dashedName(40, 2),
  /** Port at which it answers on its networks. */
  port,
  /** Path of its metrics. Default `/metrics`. */
  metricsPath: metricsPath.default("/metrics"),
  /** Port of its metrics on its networks, where they have one of their own: that of a service that is published. */
  metricsPort: port.optional(),
  /** Samples that one scrape of it may have. Default: `prometheus.scrapeLimits.samples`. */
  sampleLimit: sampleLimit.optional(),
  /**
   * URL at which customers reach it, such as `https://api.example.com`. The blackbox exporter asks it as they do, over
   * TLS where it begins with `https`, and what comes of it has alerts and an objective. Default: none; nobody from outside
   * asks it.
   */
  publicUrl: httpUrl.optional(),
  /** How `publicUrl` must answer. Default: with a status from 200 to 299, within `5s`. */
  probe: probeSchema.optional(),
  ...containerShape,
  /** Where its instances are, where it runs elsewhere. Default: on the monitoring network, at its name. */
  elsewhere: elsewhereSchema.optional(),
  /** Its networks, the monitoring one among them: over that it is scraped, and sends its spans. Default: both. */
  networks: list(z.enum(networkNames), 1, 2).default(["microservices", "monitoring"]),
  /** User and group, such as `1000:0`. Default: the image's own. */
  user: user.optional(),
  /** Files in the container that hold the values of sensitive variables: the variable's name by path. Default: none. */
  secrets: z.record(secretPath, secretName).default({}),
});

/** The inbox: it takes what the receivers of an environment send, in place of Slack, Discord and a mail server. */
export const inboxSchema = z.strictObject({
  image: containerShape.image,
  build: containerShape.build,
  /** Port of the host at which its page is published. Default 8025. */
  hostPort: port.default(inboxPorts.http),
  /** Default 256 MiB and 0.5 CPU. */
  limits: containerShape.limits,
  tmpMb: containerShape.tmpMb,
});
