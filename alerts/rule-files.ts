import { toYaml } from "../schema/yaml";
import { checkedScrapeSeconds, secondsOf } from "./durations";
import { type OwnAlerts } from "./own-alerts";
import {
  type AlertRule,
  isAlert,
  type RecordingRule,
  type RuleFileSettings,
  type RuleGroup,
  type RuleTextSettings,
} from "./rule";
import type { Thresholds } from "./thresholds";
import { ruleGroups } from "./rule-groups";

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
export function renderRuleFile(groups: readonly RuleGroup[], settings: RuleTextSettings): string {
  const rendered = groups.map(({ name, interval, rules }) => ({
    name,
    ...(interval !== undefined && { interval }),
    rules: rules.map((rule) => ("alert" in rule ? renderAlert(rule, settings) : renderRecord(rule))),
  }));
  return toYaml({ groups: rendered });
}

/**
 * The labels of the alerts as they may fire, as far as they are known before: each of its rule, about each service, and
 * about an instance where its expression keeps one.
 */
export function alertLabels<T extends Thresholds>(
  settings: RuleFileSettings<T>,
  own: OwnAlerts<T>,
): readonly Readonly<Record<string, string>>[] {
  const alerts = Object.values(ruleGroups(settings, own))
    .flatMap((groups) => groups.flatMap(({ rules }) => rules))
    .filter(isAlert);
  return alerts.flatMap(({ alert, severity, labels, expr }) =>
    settings.services.map((service) => ({
      service,
      ...(expr.shape?.labels.includes("instance") && { instance: "any" }),
      environment: settings.environment,
      ...labels,
      alertname: alert,
      severity,
    })),
  );
}

function renderRecord({ record, expr, labels }: RecordingRule) {
  return { record, expr: String(expr), ...(labels && { labels }) };
}

function renderAlert(rule: AlertRule, settings: RuleTextSettings) {
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
function longEnough(duration: string, { scrapeInterval }: RuleTextSettings): string {
  const seconds = 2 * secondsOf(scrapeInterval);
  return secondsOf(duration) >= seconds ? duration : `${String(seconds)}s`;
}

function dashboardUrl({ dashboard }: AlertRule, { dashboardsUrl }: RuleTextSettings): string {
  const variables = Object.entries(dashboard.variables ?? {}).map(
    ([variable, label]) => `var-${variable}={{ $labels.${label} | urlquery }}`,
  );
  const query = variables.length === 0 ? "" : `?${variables.join("&")}`;
  return `${dashboardsUrl}/d/${dashboard.uid}${query}`;
}
