import type { Catalogue } from "../metrics/catalogue";
import type { Duration, Query, RecordedName } from "../metrics/promql";
import type { Need } from "../metrics/needs";
import type { EdgeProgram } from "../metrics/targets";
import type { ObjectiveSettings } from "./objective-settings";
import type { Thresholds } from "./thresholds";

/** How bad an alert is: `critical` wakes somebody, `none` is the Watchdog's. */
export type Severity = (typeof severities)[number];

/** All severities. */
export const severities = ["critical", "warning", "none"] as const;

/** Dashboards of every system that alerts link to, by uid. */
export type DashboardUid =
  | "infrastructure-overview"
  | "machine"
  | "service-health"
  | "container-metrics"
  | "objectives"
  | "monitoring";

/** The dashboard that shows what an alert is about. `Uid` is a literal type, from which the compiler checks it. */
export interface DashboardLink<Uid extends string = string> {
  readonly uid: Uid;
  /** Variables of the dashboard, each with the label of the alert that it is set to. Default: none. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A rule that fires an alert for each series that its expression gives. */
export interface AlertRule<Uid extends string = string> {
  /** Name in CamelCase; also that of its runbook. */
  readonly alert: string;
  readonly severity: Severity;
  readonly expr: Query;
  /** What the environment must have besides its series: without it the alert is left out. Default: nothing. */
  readonly needs?: readonly Need[];
  /** Series that its runbook asks for besides those of the expression: they are stored for it. Default: none. */
  readonly runbookReads?: readonly Query[];
  /** How long the expression must hold. Default: fire at once. */
  readonly for?: Duration;
  /** How long the alert stays after the expression held last, so that it does not flap at the edge. Default: not at all. */
  readonly keepFiringFor?: Duration;
  /** Further labels; may hold `{{ $labels.name }}`, never a value. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
  /** What is wrong, in one line. */
  readonly summary: string;
  /** What was measured, in a sentence or two, with the value made readable. */
  readonly description: string;
  readonly dashboard: DashboardLink<Uid>;
}

/**
 * How long an alert that is both a warning and critical stays. The critical one stays longer than the warning, and than
 * what looks back 5 minutes: what it silences is over before it, else the end of the one would be told together with a
 * start of the other.
 */
export function heldFor(severity: Severity): Duration {
  return severity === "critical" ? "6m" : "2m";
}

/** A rule that records what its expression gives as series. */
export interface RecordingRule {
  readonly record: RecordedName;
  readonly expr: Query;
  /** Labels put on the series. Default: none. */
  readonly labels?: Readonly<Record<string, string>>;
}

/** A rule of either kind. */
export type Rule = AlertRule | RecordingRule;

/** Whether a rule fires alerts. */
export function isAlert(rule: Rule): rule is AlertRule {
  return "alert" in rule;
}

/** Rules that are evaluated one after the other, at one interval. */
export interface RuleGroup {
  readonly name: string;
  /** Time between two evaluations. Default: Prometheus's own, which is the scrape interval. */
  readonly interval?: Duration;
  /** File in which the rules are written, for messages. Default: the group's name stands there. */
  readonly source?: string;
  readonly rules: readonly Rule[];
}

/** Groups of rules by the name of the file that they are in. */
export type RuleGroups = Readonly<Record<string, readonly RuleGroup[]>>;

/** What the rules need to know of an environment. `T` are its thresholds, a system's own among them. */
export interface RuleSettings<T extends Thresholds = Thresholds> {
  /** What the services measure: a rule whose series none of them writes is left out. */
  readonly catalogue: Catalogue;
  /** Names of the services that must be there: values of the label `service`. */
  readonly services: readonly string[];
  /** Names of those that customers reach at a URL of their own, which is asked from outside. */
  readonly publicServices: readonly string[];
  /** Programs of the monitoring whose pages are asked from outside, at an edge; none where there is none. */
  readonly publicPrograms: readonly EdgeProgram[];
  /** Names of those whose targets are all discovered, so that there may be none. */
  readonly discoveredServices: readonly string[];
  /** How many machines there must be, the Docker engine's own among them. */
  readonly leastMachines: number;
  /** Addresses of the agents of Prometheus that scrape each shard of the targets; none where Prometheus keeps the samples. */
  readonly agentShards: readonly (readonly string[])[];
  /** Jobs of the monitoring itself that must be there: values of the label `job`. */
  readonly monitoringJobs: readonly string[];
  readonly thresholds: T;
  /** The objectives of all services, and of those that have their own. */
  readonly objectives: ObjectiveSettings;
  /** Time between two scrapes, such as `15s`. */
  readonly scrapeInterval: string;
  /** What of that which alerts can need besides their series the environment has. */
  readonly given: readonly Need[];
  /** The longest group interval of Alertmanager's routes, such as `5m`. */
  readonly longestGroupInterval: string;
}

/** What the text of a rule says of its environment. */
export interface RuleTextSettings {
  /** Name of the environment: the label `environment` of every alert. */
  readonly environment: string;
  /** Time between two scrapes, such as `15s`: no alert waits for less than two. */
  readonly scrapeInterval: string;
  /** URL of the folder of runbooks, without a slash at its end. */
  readonly runbooksUrl: string;
  /** URL of Grafana, without a slash at its end. */
  readonly dashboardsUrl: string;
}

/** What all files of rules need to know of an environment. */
export interface RuleFileSettings<T extends Thresholds = Thresholds>
  extends RuleSettings<T>, RuleTextSettings {}
