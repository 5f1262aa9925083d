import type { DescribedCatalogue } from "./catalogue";
import type { DescribedVolume } from "./volume";

/** A dashboard of a version. */
export interface VersionDashboard {
  readonly uid: string;
  readonly title: string;
  readonly folder: string;
  /** As Grafana gets it. */
  readonly json: Readonly<Record<string, unknown>>;
}

/** The monitoring of one environment, as one version of the project makes it: plain data, which goes through JSON. */
export interface DescribedVersion {
  readonly environment: string;
  /** Prometheus's files of rules, YAML by the name of the file. */
  readonly ruleFiles: Readonly<Record<string, string>>;
  /** Time between two evaluations of a group that names none, such as `15s`. */
  readonly evaluationInterval: string;
  /** Labels of all that leaves Prometheus. */
  readonly externalLabels: Readonly<Record<string, string>>;
  /** The time zone in which people of the environment read times: `UTC`, `Europe/Berlin`. */
  readonly timezone: string;
  /** Alertmanager's configuration file, YAML. */
  readonly alertmanager: string;
  /** Its file of templates. */
  readonly templates: string;
  /** URL of Alertmanager, for links in messages. */
  readonly alertmanagerUrl: string;
  readonly dashboards: readonly VersionDashboard[];
  readonly catalogue: DescribedCatalogue;
  /** What it stores, who reads that, and what it costs. */
  readonly volume: DescribedVolume;
  /**
   * Which file of the project each rule, dashboard and metric is written in, as far as it is known, by `alert NAME`,
   * `record NAME`, `dashboard UID`, `metric NAME`.
   */
  readonly sources: Readonly<Record<string, string>>;
}

/** A version that is compared with another one. */
export interface Version extends DescribedVersion {
  /** What people call it: `main (7ce3b9f)`, `working tree`. */
  readonly name: string;
  /** Where its files are: an absolute path, for documents and modules. */
  readonly folder: string;
}

/** What of a version its readers are found in: all but what it stores. */
export type ReadVersion = Omit<Version, "volume">;
