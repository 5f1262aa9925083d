import { refusingProblems } from "../metrics/problems";
import { records } from "../metrics/recorded";
import { remembered } from "../metrics/remembered";
import { checkedScrapeSeconds, secondsOf } from "./durations";
import { isGiven } from "./needs";
import { objectivesOf } from "./objectives";
import { recordingRules } from "./recording";
import { checkGroups } from "./rule-checks";
import { pagesOf, type OwnAlerts } from "./own-alerts";
import type { AlertRule, RecordingRule, Rule, RuleFileSettings, RuleGroup, RuleSettings } from "./rule";
import { containerAlerts } from "./rules/containers";
import { filesystemAlerts } from "./rules/filesystems";
import { hostAlerts } from "./rules/hosts";
import { monitoringAlerts, watchdog } from "./rules/monitoring";
import { recentFaultAlerts } from "./rules/recent-faults";
import { serviceAlerts } from "./rules/services";
import type { Thresholds } from "./thresholds";
import { toYaml } from "./yaml";

/** Files in which groups of rules are written. */
const sources = {
  services: "alerts/rules/services.ts",
  hosts: "alerts/rules/hosts.ts",
  filesystems: "alerts/rules/filesystems.ts",
  containers: "alerts/rules/containers.ts",
  monitoring: "alerts/rules/monitoring.ts",
  objectives: "alerts/objectives.ts",
} as const;

/** Groups of rules by the name of the file that they are in. */
export type RuleGroups = Readonly<Record<string, readonly RuleGroup[]>>;

/**
 * All groups of rules: those that every system has, and a system's own. What a group reads comes before it.
 * @throws DefinitionError when a rule is not as its type says
 */
export function ruleGroups<T extends Thresholds>(settings: RuleSettings<T>, own: OwnAlerts<T>): RuleGroups {
  return refusingProblems(() => checkedGroups({ ...settings, own: own as OwnAlerts }));
}

interface Settings extends RuleSettings {
  readonly own: OwnAlerts;
}

const checkedGroups = remembered(
  (settings: Settings) => {
    const groups = allGroups(settings);
    checkGroups(Object.values(groups).flat());
    return withWhatCanFire(groups, settings);
  },
  [
    "services",
    "monitoringJobs",
    "thresholds",
    "objectives",
    "scrapeInterval",
    "longestGroupInterval",
    "given",
  ],
  ["own"],
);

function allGroups({ own, ...settings }: Settings): RuleGroups {
  return {
    "services.yml": [
      {
        name: "services",
        source: sources.services,
        rules: [
          ...recordingRules(records.requestRate, records.errorRatio, records.latencyP95),
          ...serviceAlerts(settings),
          // After those that it reads: it leaves with them.
          ...recentFaultAlerts(pagesOf(own)),
        ],
      },
    ],
    ...own.groups(settings),
    "hosts.yml": [
      {
        name: "hosts",
        source: sources.hosts,
        rules: [...recordingRules(records.hostCpu, records.hostMemory), ...hostAlerts(settings)],
      },
      {
        name: "filesystems",
        source: sources.filesystems,
        rules: [...recordingRules(records.filesystemUsed), ...filesystemAlerts(settings)],
      },
    ],
    "containers.yml": [
      {
        name: "containers",
        source: sources.containers,
        rules: [
          ...recordingRules(records.containerMemory, records.containerCpu),
          ...containerAlerts(settings),
        ],
      },
    ],
    "monitoring.yml": [
      { name: "monitoring", source: sources.monitoring, rules: monitoringAlerts(settings) },
      { name: "watchdog", source: sources.monitoring, rules: [watchdog()] },
    ],
    "objectives.yml": [...objectivesOf(settings), ...own.objectives].flatMap(({ groups }) =>
      groups.map((group) => ({ source: sources.objectives, ...group })),
    ),
  };
}

/** Without the alerts that need what the environment has not, and without what is empty then. */
function withWhatCanFire(groups: RuleGroups, { given }: RuleSettings): RuleGroups {
  const kept = Object.entries(groups).map(([file, inFile]) => {
    const left = inFile.map((group) => ({
      ...group,
      rules: group.rules.filter((rule) => !isAlert(rule) || isGiven(rule, given)),
    }));
    return [file, left.filter(({ rules }) => rules.length > 0)] as const;
  });
  return Object.fromEntries(kept.filter(([, left]) => left.length > 0));
}

/**
 * The files of rules for Prometheus 2.42 or newer, as YAML by file name.
 * @throws RangeError when the scrape interval is too long for the rules, or an objective cannot be watched.
 * @throws DefinitionError when a rule is not as its type says
 */
export function renderRuleFiles<T extends Thresholds>(
  settings: RuleFileSettings<T>,
  own: OwnAlerts<T>,
): Record<string, string> {
  checkedScrapeSeconds(settings.scrapeInterval);
  return Object.fromEntries(
    Object.entries(ruleGroups(settings, own)).map(([file, groups]) => [
      file,
      renderRuleFile(groups, settings),
    ]),
  );
}

/** Groups of rules as a file of rules. */
export function renderRuleFile(groups: readonly RuleGroup[], settings: RuleFileSettings): string {
  const rendered = groups.map(({ name, interval, rules }) => ({
    name,
    ...(interval !== undefined && { interval }),
    rules: rules.map((rule) => ("alert" in rule ? renderAlert(rule, settings) : renderRecord(rule))),
  }));
  return toYaml({ groups: rendered });
}

/** The labels of the alerts as they may fire, as far as they are known before: each of its rule, about each service. */
export function alertLabels<T extends Thresholds>(
  settings: RuleFileSettings<T>,
  own: OwnAlerts<T>,
): readonly Readonly<Record<string, string>>[] {
  const alerts = Object.values(ruleGroups(settings, own))
    .flatMap((groups) => groups.flatMap(({ rules }) => rules))
    .filter(isAlert);
  return alerts.flatMap(({ alert, severity, labels }) =>
    settings.services.map((service) => ({
      service,
      environment: settings.environment,
      ...labels,
      alertname: alert,
      severity,
    })),
  );
}

/** Whether a rule fires alerts. */
export function isAlert(rule: Rule): rule is AlertRule {
  return "alert" in rule;
}

function renderRecord({ record, expr, labels }: RecordingRule) {
  return { record, expr: String(expr), ...(labels && { labels }) };
}

function renderAlert(rule: AlertRule, settings: RuleFileSettings) {
  return {
    alert: rule.alert,
    expr: String(rule.expr),
    ...(rule.for !== undefined && { for: longEnough(rule.for, settings) }),
    ...(rule.keepFiringFor !== undefined && { keep_firing_for: rule.keepFiringFor }),
    labels: { severity: rule.severity, environment: settings.environment, ...rule.labels },
    annotations: {
      summary: rule.summary,
      description: rule.description,
      runbook_url: `${settings.runbooksUrl}/${rule.alert}.md`,
      dashboard_url: dashboardUrl(rule, settings),
    },
  };
}

/** At least two scrapes: one that failed is no fault. */
function longEnough(duration: string, { scrapeInterval }: RuleFileSettings): string {
  const seconds = 2 * secondsOf(scrapeInterval);
  return secondsOf(duration) >= seconds ? duration : `${String(seconds)}s`;
}

function dashboardUrl({ dashboard }: AlertRule, { dashboardsUrl }: RuleFileSettings): string {
  const variables = Object.entries(dashboard.variables ?? {}).map(
    ([variable, label]) => `var-${variable}={{ $labels.${label} | urlquery }}`,
  );
  const query = variables.length === 0 ? "" : `?${variables.join("&")}`;
  return `${dashboardsUrl}/d/${dashboard.uid}${query}`;
}
