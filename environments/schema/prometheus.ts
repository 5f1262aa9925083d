import { z } from "zod";
import { limits } from "../../constructs/docker/container-settings";
import { programs } from "../../constructs/docker/programs";
import {
  maxExemplars,
  remoteWriteName,
  remoteWriteUrl,
  retentionSize,
  retentionTime,
  scrapeInterval,
  seriesPattern,
  scrapeLimits,
  scrapeTimeout,
  username,
} from "../../constructs/docker/prometheus-settings";
import { awsCredentials } from "../../constructs/grafana/settings";
import { httpUrl, list, port, roleArn, secretName } from "../../schema/primitives";
import { awsRegion } from "./aws";
import { engineSchema } from "./engine";

const { samples, labels, labelName, labelValue, body } = scrapeLimits.shape;

/** What one target may send; a scrape beyond it is dropped whole, so that it cannot take Prometheus down. */
const scrapeLimitsSchema = z.strictObject({
  /** Samples in one scrape. Default 20,000: twice the most that the catalogue lets a service have. */
  samples: samples.default(20_000),
  /** Labels of one series. Default 40. */
  labels: labels.default(40),
  /** Characters of a label's name. Default 200. */
  labelName: labelName.default(200),
  /** Characters of a label's value. Default 2,000. */
  labelValue: labelValue.default(2_000),
  /** Size of one scrape, uncompressed. Default `20MB`. */
  body: body.default("20MB"),
});

/** A user, whose password is a variable. */
const basicAuth = z.strictObject({ kind: z.literal("basic"), username, password: secretName });
/** A token, which is a variable. */
const bearerAuth = z.strictObject({ kind: z.literal("bearer"), token: secretName });

/** How Prometheus proves who it is by a secret of a file. */
export const fileAuth = z.discriminatedUnion("kind", [basicAuth, bearerAuth]);

const remoteWrite = z.strictObject({
  /** Name in Prometheus's own metrics and logs. */
  name: remoteWriteName,
  /** Where samples are sent. */
  url: remoteWriteUrl,
  /** How Prometheus proves who it is. Default: not at all. */
  auth: z
    .discriminatedUnion("kind", [
      /** AWS's signatures, for Amazon Managed Prometheus. Credentials come from where the engine runs. */
      z.strictObject({
        kind: z.literal("sigv4"),
        region: awsRegion,
        /** Role that is assumed. Default: none. */
        roleArn: roleArn.optional(),
      }),
      /** For Mimir. */
      basicAuth,
      bearerAuth,
    ])
    .optional(),
});

/** Prometheus: how often it asks, how long it remembers. */
export const prometheusSchema = z.strictObject({
  /**
   * What keeps the samples, evaluates the rules and tells of alerts: `{ kind: "prometheus" }`, or `{ kind:
   * "amazon-managed-prometheus" }` (docs/managed-prometheus.md). Default: one Prometheus on the Docker engine.
   */
  engine: engineSchema.prefault({ kind: "prometheus" }),
  /** URL at which people reach Prometheus: links in alerts start with it. */
  url: httpUrl,
  /** Time between two scrapes of a target, and between two evaluations of a rule. Default `15s`. */
  scrapeInterval: scrapeInterval.default("15s"),
  /** Longest time for a scrape, at most the interval. Default `10s`, or the interval where that is shorter. */
  scrapeTimeout: scrapeTimeout.optional(),
  scrapeLimits: scrapeLimitsSchema.prefault({}),
  /** How long samples are kept, at least as long as the window of the objectives. Default `31d`. */
  retentionTime: retentionTime.default("31d"),
  /**
   * The size at which the oldest samples go, whatever their age: `512MB` or more, and what the least that is scraped
   * needs in `retentionTime`. Default `10GB`.
   */
  retentionSize: retentionSize.default("10GB"),
  /**
   * Series that are stored although no rule and no dashboard reads them: regular expressions of whole names, such as
   * `node_netstat_.*`, for questions that somebody may ask. `.*` stores all. Default: none.
   */
  alsoStored: list(seriesPattern, 0, 100).default([]),
  /** Exemplars that are kept, each a link from a sample to its trace. Default 100,000. */
  maxExemplars: maxExemplars.default(100_000),
  /** Where all samples are sent, too. Default: nowhere. */
  remoteWrite: list(remoteWrite, 0, 5).default([]),
  /** By what it may ask EC2 which instances there are. Default: the role of the EC2 instance that it runs on. */
  awsCredentials: awsCredentials.optional(),
  /** Port of the host at which Prometheus is published. Default 9090. */
  hostPort: port.default(programs.prometheus.port),
  /** Default 1024 MiB and 1 CPU. */
  limits: limits.default({ memoryMb: 1024, cpus: 1 }),
});
