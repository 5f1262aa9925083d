import type { z } from "zod";
import { toYaml } from "../../schema/yaml";
import type { scrapeLimits } from "./prometheus-settings";
import { renderShard, type ScrapeShard } from "./scrape-shard";
import { type Discovered, renderDiscovered } from "./target-discovery";

/** The targets of one scrape job that share their labels. */
export interface StaticConfig {
  /** Addresses as `host:port`. */
  readonly targets: readonly string[];
  /**
   * Labels that every series of these targets gets.
   * @default {}
   */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What Prometheus asks, and at which path. */
export interface ScrapeConfig {
  /** Value of the label `job`, unique in the configuration. */
  readonly jobName: string;
  /**
   * Path of the targets' metrics.
   * @default "/metrics" - Prometheus's own
   */
  readonly metricsPath?: string;
  /** The targets that are known by their addresses. */
  readonly staticConfigs: readonly StaticConfig[];
  /**
   * Further targets, which Prometheus discovers.
   * @default - none
   */
  readonly discovered?: Discovered;
  /**
   * How the targets are asked.
   * @default "http"
   */
  readonly scheme?: "http" | "https";
  /**
   * What TLS needs besides, with the scheme `https`.
   * @default - the authorities that the image trusts, and the name in the target's address
   */
  readonly tls?: ScrapeTls;
  /**
   * How Prometheus proves who it is to the targets; secrets are absolute paths of files in the container.
   * @default - not at all
   */
  readonly auth?: FileAuth;
  /**
   * Samples that one scrape may have: 1 to 10,000,000.
   * @default - the `samples` of the configuration's `limits`
   */
  readonly sampleLimit?: number;
  /**
   * Regular expressions of the names of the series that are stored of these targets; the others are dropped.
   * @default - all are stored
   */
  readonly storesOnly?: readonly string[];
  /**
   * Regular expressions of the names of series that are dropped; not together with `storesOnly`.
   * @default - none
   */
  readonly storesAllBut?: readonly string[];
  /**
   * Which of the targets are scraped, where others scrape the rest.
   * @default - all
   */
  readonly shard?: ScrapeShard;
}

/** TLS to targets; all files are absolute paths in the container. */
export interface ScrapeTls {
  /**
   * Certificates of the authorities that are trusted.
   * @default - those that the image trusts
   */
  readonly caFile?: string;
  /**
   * Certificate by which Prometheus proves who it is, together with `keyFile`.
   * @default - none
   */
  readonly certFile?: string;
  /**
   * Key of that certificate.
   * @default - none
   */
  readonly keyFile?: string;
  /**
   * Name that the target's certificate must have.
   * @default - that in its address
   */
  readonly serverName?: string;
}

/** A proof whose secret is in a file. */
export type FileAuth =
  | { readonly kind: "basic"; readonly username: string; readonly passwordFile: string }
  | { readonly kind: "bearer"; readonly tokenFile: string };

/** What one target may send. A scrape beyond any of it is dropped whole, and the target counts as down. */
export type ScrapeLimits = Readonly<z.infer<typeof scrapeLimits>>;

/** Where all samples are sent, too. */
export interface RemoteWrite {
  /** Name in Prometheus's own metrics and logs: at most 40 of a-z, 0-9 and single dashes, which no other has. */
  readonly name: string;
  /** URL to which samples are sent, without a secret in it. */
  readonly url: string;
  /**
   * How Prometheus proves who it is; secrets are absolute paths of files in the container.
   * @default - not at all
   */
  readonly auth?: FileAuth | { readonly kind: "sigv4"; readonly region: string; readonly roleArn?: string };
  /**
   * Whether exemplars are sent, too.
   * @default true
   */
  readonly exemplars?: boolean;
  /**
   * How samples wait and in which portions they are sent.
   * @default - Prometheus's own
   */
  readonly queue?: RemoteWriteQueue;
}

/** How samples that are to be sent wait, and in which portions they are sent. */
export interface RemoteWriteQueue {
  /** Samples in one request at most. */
  readonly maxSamplesPerSend: number;
  /** Samples that wait in memory for each connection; more are read from the write-ahead log as there is room. */
  readonly capacity: number;
  /** Connections by which samples are sent at once at most. */
  readonly maxShards: number;
  /** Whether what is refused for coming too fast (429) is sent again; it is lost otherwise. */
  readonly retryOnTooManyRequests: boolean;
}

/** The part of Prometheus's configuration file that is used here. */
export interface PrometheusConfiguration {
  /** Time between two scrapes and between two evaluations of a rule, such as `15s`: a second to five minutes. */
  readonly interval: string;
  /**
   * Longest time for a scrape, at most the interval.
   * @default - Prometheus's own, 10 s or the interval where that is shorter
   */
  readonly timeout?: string;
  /** Labels of everything that leaves this Prometheus: alerts, federation, remote write. */
  readonly externalLabels: Readonly<Record<string, string>>;
  /** The jobs, each of another name; refused otherwise. */
  readonly scrapeConfigs: readonly ScrapeConfig[];
  /** What one target may send. */
  readonly limits: ScrapeLimits;
  /** Exemplars that are kept: 1 to 10,000,000. */
  readonly maxExemplars: number;
  /**
   * Addresses of the Alertmanagers as `host:port`.
   * @default []
   */
  readonly alertmanagers?: readonly string[];
  /**
   * Where all samples are sent, too.
   * @default [] - nowhere
   */
  readonly remoteWrite?: readonly RemoteWrite[];
}

/**
 * The configuration as Prometheus reads it, from 2.40 on.
 * @param ruleFiles patterns of the rule files' paths
 */
export function renderPrometheusConfiguration(
  configuration: PrometheusConfiguration,
  ruleFiles: readonly string[] = [],
): string {
  const { interval, timeout, externalLabels, scrapeConfigs, limits, maxExemplars } = configuration;
  const { alertmanagers = [], remoteWrite = [] } = configuration;
  const written = {
    global: {
      ...renderTimes(interval, timeout),
      evaluation_interval: interval,
      external_labels: externalLabels,
    },
    storage: { exemplars: { max_exemplars: maxExemplars } },
    ...(ruleFiles.length > 0 && { rule_files: ruleFiles }),
    ...(alertmanagers.length > 0 && {
      alerting: { alertmanagers: [{ static_configs: [{ targets: alertmanagers }] }] },
    }),
    scrape_configs: scrapeConfigs.map((job) => renderJob(job, limits)),
    ...(remoteWrite.length > 0 && { remote_write: remoteWrite.map(renderRemoteWrite) }),
  };
  return toYaml(written);
}

/** The times of all scrapes. */
export function renderTimes(interval: string, timeout: string | undefined) {
  return { scrape_interval: interval, ...(timeout !== undefined && { scrape_timeout: timeout }) };
}

/** Limits stand at each job: as global ones they exist only from Prometheus 2.45 on. */
export function renderJob(job: ScrapeConfig, limits: ScrapeLimits) {
  const { jobName, metricsPath, staticConfigs, discovered, sampleLimit, storesOnly, storesAllBut } = job;
  const { scheme, tls, auth } = job;
  const shard = job.shard ? renderShard(job.shard) : [];
  const discovery = discovered && renderDiscovered(discovered);
  const relabelling = [...shard, ...(discovery?.relabel_configs ?? [])];
  return {
    job_name: jobName,
    ...(metricsPath !== undefined && { metrics_path: metricsPath }),
    body_size_limit: limits.body,
    sample_limit: sampleLimit ?? limits.samples,
    label_limit: limits.labels,
    label_name_length_limit: limits.labelName,
    label_value_length_limit: limits.labelValue,
    ...(scheme !== undefined && { scheme }),
    ...(tls && { tls_config: renderTls(tls) }),
    ...(auth && renderAuth(auth)),
    ...((staticConfigs.length > 0 || !discovered) && { static_configs: staticConfigs }),
    ...discovery,
    ...(relabelling.length > 0 && { relabel_configs: relabelling }),
    ...(storesOnly && { metric_relabel_configs: [byNames(storesOnly, "keep")] }),
    ...(storesAllBut && { metric_relabel_configs: [byNames(storesAllBut, "drop")] }),
  };
}

function renderTls({ caFile, certFile, keyFile, serverName }: ScrapeTls) {
  return {
    ...(caFile !== undefined && { ca_file: caFile }),
    ...(certFile !== undefined && { cert_file: certFile }),
    ...(keyFile !== undefined && { key_file: keyFile }),
    ...(serverName !== undefined && { server_name: serverName }),
  };
}

/** What becomes of series by their names. Prometheus puts `^` and `$` around the expression itself. */
function byNames(names: readonly string[], action: "keep" | "drop") {
  return { source_labels: ["__name__"], regex: names.join("|"), action };
}

/** A place that samples are sent to. */
export function renderRemoteWrite({ name, url, auth, exemplars = true, queue }: RemoteWrite) {
  return {
    name,
    url,
    send_exemplars: exemplars,
    ...(auth && renderAuth(auth)),
    ...(queue && {
      queue_config: {
        capacity: queue.capacity,
        max_shards: queue.maxShards,
        max_samples_per_send: queue.maxSamplesPerSend,
        retry_on_http_429: queue.retryOnTooManyRequests,
      },
    }),
  };
}

function renderAuth(auth: NonNullable<RemoteWrite["auth"]>) {
  switch (auth.kind) {
    case "sigv4":
      return {
        sigv4: { region: auth.region, ...(auth.roleArn !== undefined && { role_arn: auth.roleArn }) },
      };
    case "basic":
      return { basic_auth: { username: auth.username, password_file: auth.passwordFile } };
    case "bearer":
      return { authorization: { credentials_file: auth.tokenFile } };
  }
}
