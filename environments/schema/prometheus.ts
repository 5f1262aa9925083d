import { z } from "zod";
import { awsRegion } from "./aws";
import { limitsSchema } from "./containers";
import {
  dashedName,
  duration,
  httpUrl,
  list,
  port,
  secretName,
  text,
  textThat,
  wholeNumber,
} from "../../schema/primitives";

const byteSize = text(/^[1-9]\d{0,5}(?:MB|GB|TB)$/, `a size such as "512MB" or "10GB"`);
/** As Prometheus has them. */
const byteUnits = { MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };

/** Bytes of a size such as `10GB`; NaN for what is none. */
export function bytesOf(size: string): number {
  const [, number = "NaN", unit = "MB"] = /^(\d+)(MB|GB|TB)$/.exec(size) ?? [];
  return Number(number) * byteUnits[unit as keyof typeof byteUnits];
}

/** What Prometheus cannot do without: three segments of 128 MB of its write-ahead log, and its newest samples. */
const leastRetentionSize = "512MB";
const retentionSize = textThat(
  (size) => byteSize.safeParse(size).success && bytesOf(size) >= bytesOf(leastRetentionSize),
  `a size such as "10GB", of at least ${leastRetentionSize}: less is taken by Prometheus's write-ahead log alone`,
);

/** What one target may send; a scrape beyond it is dropped whole, so that it cannot take Prometheus down. */
const scrapeLimitsSchema = z.strictObject({
  /** Samples in one scrape. Default 20,000: twice the most that the catalogue lets a service have. */
  samples: wholeNumber(1, 10_000_000).default(20_000),
  /** Labels of one series. Default 40. */
  labels: wholeNumber(1, 1000).default(40),
  /** Characters of a label's name. Default 200. */
  labelName: wholeNumber(1, 10_000).default(200),
  /** Characters of a label's value. Default 2,000. */
  labelValue: wholeNumber(1, 100_000).default(2_000),
  /** Size of one scrape, uncompressed. Default `20MB`. */
  body: byteSize.default("20MB"),
});

const remoteWrite = z.strictObject({
  /** Name in Prometheus's own metrics and logs. */
  name: dashedName(40),
  /** Where samples are sent. */
  url: httpUrl,
  /** How Prometheus proves who it is. Default: not at all. */
  auth: z
    .discriminatedUnion("kind", [
      /** AWS's signatures, for Amazon Managed Prometheus. Credentials come from where the engine runs. */
      z.strictObject({
        kind: z.literal("sigv4"),
        region: awsRegion,
        /** Role that is assumed. Default: none. */
        roleArn: text(
          /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
          "the ARN of a role",
        ).optional(),
      }),
      /** A user, for Mimir; the password is a variable. */
      z.strictObject({
        kind: z.literal("basic"),
        username: text(/^[^\s:]{1,100}$/, "a user's name"),
        password: secretName,
      }),
      /** A token, which is a variable. */
      z.strictObject({ kind: z.literal("bearer"), token: secretName }),
    ])
    .optional(),
});

/** Prometheus: how often it asks, how long it remembers. */
export const prometheusSchema = z.strictObject({
  /** URL at which people reach Prometheus: links in alerts start with it. */
  url: httpUrl,
  /** Time between two scrapes of a target, and between two evaluations of a rule. Default `15s`. */
  scrapeInterval: duration("1s", "5m").default("15s"),
  /** Longest time for a scrape, at most the interval. Default `10s`, or the interval where that is shorter. */
  scrapeTimeout: duration("1s", "5m").optional(),
  scrapeLimits: scrapeLimitsSchema.prefault({}),
  /** How long samples are kept, at least as long as the window of the objectives. Default `31d`. */
  retentionTime: duration("1h", "10y").default("31d"),
  /**
   * The size at which the oldest samples go, whatever their age: `512MB` or more, and what the least that is scraped
   * needs in `retentionTime`. Default `10GB`.
   */
  retentionSize: retentionSize.default("10GB"),
  /** Exemplars that are kept, each a link from a sample to its trace. Default 100,000. */
  maxExemplars: wholeNumber(1, 10_000_000).default(100_000),
  /** Where all samples are sent, too. Default: nowhere. */
  remoteWrite: list(remoteWrite, 0, 5).default([]),
  /** Port of the host at which Prometheus is published. Default 9090. */
  hostPort: port.default(9090),
  /** Default 1024 MiB and 1 CPU. */
  limits: limitsSchema.default({ memoryMb: 1024, cpus: 1 }),
});
