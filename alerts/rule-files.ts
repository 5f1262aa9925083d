import { stringify } from "yaml";
import { checkedScrapeSeconds, secondsOf } from "./durations";
import { objectivesOf } from "./objectives";
import { slowestEvaluation } from "./rare-events";
import { recordingRules } from "./recording";
import type { AlertRule, RuleGroup, RuleSettings, Rule, RecordingRule } from "./rule";
import { businessAlerts, stockAlerts } from "./rules/business";
import { containerAlerts } from "./rules/containers";
import { filesystemAlerts } from "./rules/filesystems";
import { hostAlerts } from "./rules/hosts";
import { monitoringAlerts, watchdog } from "./rules/monitoring";
import { recentServiceFaultAlert } from "./rules/recent-faults";
import { serviceAlerts } from "./rules/services";

/** All groups of rules, by the name of the file that they are in. What a group reads of its own comes before it. */
export function ruleGroups(settings: RuleSettings): Readonly<Record<string, readonly RuleGroup[]>> {
  return {
    "services.yml": [
      {
        name: "services",
        rules: [
          ...recordingRules("requestRate", "errorRatio", "latencyP95"),
          ...serviceAlerts(settings),
          // After those that it reads: it leaves with them.
          recentServiceFaultAlert(),
        ],
      },
    ],
    "business.yml": [
      { name: "business", rules: [...recordingRules("conversion"), ...businessAlerts(settings)] },
      // It reads a day of each product's stock: not at every scrape.
      { name: "stock", interval: slowestEvaluation, rules: stockAlerts(settings) },
    ],
    "hosts.yml": [
      { name: "hosts", rules: [...recordingRules("hostCpu", "hostMemory"), ...hostAlerts(settings)] },
      { name: "filesystems", rules: [...recordingRules("filesystemUsed"), ...filesystemAlerts(settings)] },
    ],
    "containers.yml": [
      {
        name: "containers",
        rules: [...recordingRules("containerMemory", "containerCpu"), ...containerAlerts(settings)],
      },
    ],
    "monitoring.yml": [
      { name: "monitoring", rules: monitoringAlerts(settings) },
      { name: "watchdog", rules: [watchdog()] },
    ],
    "objectives.yml": objectivesOf(settings).flatMap(({ groups }) => groups),
  };
}

/**
 * The files of rules for Prometheus 2.42 or newer, as YAML by file name.
 * @throws RangeError when the scrape interval is too long for the rules, or an objective cannot be watched.
 */
export function renderRuleFiles(settings: RuleSettings): Record<string, string> {
  checkedScrapeSeconds(settings.scrapeInterval);
  return Object.fromEntries(
    Object.entries(ruleGroups(settings)).map(([file, groups]) => [file, renderRuleFile(groups, settings)]),
  );
}

/** Groups of rules as a file of rules. */
export function renderRuleFile(groups: readonly RuleGroup[], settings: RuleSettings): string {
  const rendered = groups.map(({ name, interval, rules }) => ({
    name,
    ...(interval !== undefined && { interval }),
    rules: rules.map((rule) => ("alert" in rule ? renderAlert(rule, settings) : renderRecord(rule))),
  }));
  return stringify({ groups: rendered }, { lineWidth: 0, aliasDuplicateObjects: false });
}

/** The labels of the alerts as they may fire, as far as they are known before: each of its rule, about each service. */
export function alertLabels(settings: RuleSettings): readonly Readonly<Record<string, string>>[] {
  const alerts = Object.values(ruleGroups(settings))
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

function renderAlert(rule: AlertRule, settings: RuleSettings) {
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
function longEnough(duration: string, { scrapeInterval }: RuleSettings): string {
  const seconds = 2 * secondsOf(scrapeInterval);
  return secondsOf(duration) >= seconds ? duration : `${String(seconds)}s`;
}

function dashboardUrl({ dashboard }: AlertRule, { dashboardsUrl }: RuleSettings): string {
  const variables = Object.entries(dashboard.variables ?? {}).map(
    ([variable, label]) => `var-${variable}={{ $labels.${label} | urlquery }}`,
  );
  const query = variables.length === 0 ? "" : `?${variables.join("&")}`;
  return `${dashboardsUrl}/d/${dashboard.uid}${query}`;
}
