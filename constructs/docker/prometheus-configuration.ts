import { stringify } from "yaml";

/** The targets of one scrape job that share their labels. */
export interface StaticConfig {
  /** Addresses as `host:port`. */
  readonly targets: readonly string[];
  /** Labels that every series of these targets gets. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** What Prometheus asks, and at which path. */
export interface ScrapeConfig {
  /** Value of the label `job`, unique in the configuration. */
  readonly jobName: string;
  /** Default `/metrics`. */
  readonly metricsPath?: string;
  /** The targets. */
  readonly staticConfigs: readonly StaticConfig[];
}

/** The part of Prometheus's configuration file that is used here. */
export interface PrometheusConfiguration {
  /** Time between two scrapes and between two evaluations of a rule, such as `15s`. */
  readonly interval: string;
  /** Labels of everything that leaves this Prometheus: alerts, federation, remote write. */
  readonly externalLabels: Readonly<Record<string, string>>;
  /** The jobs, each of another name; refused otherwise. */
  readonly scrapeConfigs: readonly ScrapeConfig[];
  /** Addresses of the Alertmanagers as `host:port`. Default: none. */
  readonly alertmanagers?: readonly string[];
}

/**
 * The configuration as Prometheus reads it.
 * @throws Error when two jobs have one name, as Prometheus would not start
 */
export function renderPrometheusConfiguration(configuration: PrometheusConfiguration): string {
  const names = configuration.scrapeConfigs.map(({ jobName }) => jobName);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Error(`Prometheus: two scrape jobs have the name "${twice}".`);
  return stringify({
    global: {
      scrape_interval: configuration.interval,
      evaluation_interval: configuration.interval,
      external_labels: configuration.externalLabels,
    },
    ...(configuration.alertmanagers && {
      alerting: { alertmanagers: [{ static_configs: [{ targets: configuration.alertmanagers }] }] },
    }),
    scrape_configs: configuration.scrapeConfigs.map(({ jobName, metricsPath, staticConfigs }) => ({
      job_name: jobName,
      ...(metricsPath !== undefined && { metrics_path: metricsPath }),
      static_configs: staticConfigs,
    })),
  });
}
