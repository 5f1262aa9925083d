import { z } from "zod";
import {
  dashedName,
  duration,
  durationMs,
  httpUrl,
  list,
  text,
  textThat,
  wholeNumber,
} from "../../schema/primitives";

/** A size as Prometheus writes it. */
export const byteSize = text(/^[1-9]\d{0,5}(?:MB|GB|TB)$/, `a size such as "512MB" or "10GB"`);
/** As Prometheus has them. */
const byteUnits = { MB: 2 ** 20, GB: 2 ** 30, TB: 2 ** 40 };

/** Bytes of a size such as `10GB`; NaN for what is none. */
export function bytesOf(size: string): number {
  const [, number = "NaN", unit = "MB"] = /^(\d+)(MB|GB|TB)$/.exec(size) ?? [];
  return Number(number) * byteUnits[unit as keyof typeof byteUnits];
}

/** What Prometheus cannot do without: three segments of 128 MB of its write-ahead log, and its newest samples. */
const leastRetentionSize = "512MB";

/** The size at which the oldest samples go, whatever their age. */
export const retentionSize = textThat(
  (size) => byteSize.safeParse(size).success && bytesOf(size) >= bytesOf(leastRetentionSize),
  `a size such as "10GB", of at least ${leastRetentionSize}: less is taken by Prometheus's write-ahead log alone`,
);

/** How long samples are kept. */
export const retentionTime = duration("1h", "10y");

/** How long an agent keeps samples that it could not send. */
export const agentRetention = duration("1h", "7d");

/** Time between two scrapes of a target: beyond five minutes Prometheus takes a series for ended between two of them. */
export const scrapeInterval = duration("1s", "5m");

/** Longest time for a scrape. */
export const scrapeTimeout = scrapeInterval;

/** Whether a scrape may go on when the next one begins: Prometheus does not start then. */
export function outlasts(timeout: string, interval: string): boolean {
  return durationMs(timeout) > durationMs(interval);
}

/** Which timeouts an interval allows, in words. */
export function timeoutAllowed(prop: string, interval: string): string {
  return `a duration of at most ${prop}, which is ${interval}`;
}

/** Path of a target's metrics. */
export const metricsPath = text(/^\/[A-Za-z0-9._~/-]*$/, `a path such as "/metrics"`);

/** Samples that one scrape may have. None at all would be no limit to Prometheus. */
export const sampleLimit = wholeNumber(1, 10_000_000);

/** Names of series by a regular expression of the whole name. */
export const seriesPattern = textThat(
  (pattern) => /^[A-Za-z0-9_:.*+|()]+$/.test(pattern) && isExpression(pattern),
  `a regular expression of letters, digits and _ : . * + | ( ), such as "node_netstat_.*"`,
);

/** Several of these. */
export const seriesPatterns = list(seriesPattern, 0, 2_000);

function isExpression(pattern: string): boolean {
  try {
    return new RegExp(`^(?:${pattern})$`) instanceof RegExp;
  } catch {
    return false;
  }
}

/** What one target may send; a scrape beyond it is dropped whole, so that it cannot take Prometheus down. */
export const scrapeLimits = z.strictObject({
  /** Samples in one scrape. */
  samples: sampleLimit,
  /** Labels of one series. */
  labels: wholeNumber(1, 1000),
  /** Characters of a label's name. */
  labelName: wholeNumber(1, 10_000),
  /** Characters of a label's value. */
  labelValue: wholeNumber(1, 100_000),
  /** Size of one scrape, uncompressed. */
  body: byteSize,
});

/** Name of a rule file: others in its folder are not read. */
export const ruleFileName = text(/^[\w.-]+\.yml$/, `a file's name such as "services.yml"`);

/** Exemplars that are kept, each a link from a sample to its trace. */
export const maxExemplars = wholeNumber(1, 10_000_000);

/** Name of a remote write in Prometheus's own metrics and logs. */
export const remoteWriteName = dashedName(40);

/** Where samples are sent, too. */
export const remoteWriteUrl = httpUrl;

/** Name of a user in HTTP's basic authentication, which ends it with a colon. */
export const username = text(/^[^\s:]{1,100}$/, "a user's name");
