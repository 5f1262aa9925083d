import type { RuleGroups } from "../alerts/rule";
import { alertLabels, renderRuleFiles } from "../alerts/rule-files";
import { alertNamesOf, everyRule, type FedRules, fedRules, ruleGroups } from "../alerts/rule-groups";
import { renderAlertmanagerConfiguration, routingOf } from "../alerts/alertmanager-configuration";
import { type ManagedPlaces, renderManagedDefinition } from "../alerts/managed/definition";
import { renderRuleNamespaces } from "../alerts/managed/rule-namespaces";
import { type Inhibition, inhibitionsOf } from "../alerts/routing/inhibitions";
import { nobody, type OwnedService, receiversOf, type RoutingSettings } from "../alerts/routing/routes";
import { pagesOf } from "../alerts/own-alerts";
import { dashboardFolders, type DashboardFolder } from "../dashboards";
import type { ScrapeConfig } from "../constructs/docker/prometheus-configuration";
import type { Environment } from "../environments";
import { servicesOf } from "../metrics/catalogue";
import { system } from "../shop";
import type { Readable } from "../signals/reads";
import type { Watched } from "../signals/watched";
import { withStoredSeries } from "../signals/stored-series";
import { dashboardSettingsOf } from "./dashboard-settings";
import { scrapeConfigs } from "./scrape-configs";
import { ruleSettingsOf } from "./rule-settings";

export { system };

const pages = pagesOf(system.alerts);

/** All groups of rules of an environment, by file. @throws DefinitionError when a rule is not as its type says */
export function rulesOf(environment: Environment): RuleGroups {
  return ruleGroups(ruleSettingsOf(environment, system), system.alerts);
}

/** The files of rules of an environment, as YAML by file name. @throws as `renderRuleFiles` does */
export function ruleFilesOf(environment: Environment): Record<string, string> {
  return renderRuleFiles(ruleSettingsOf(environment, system), system.alerts);
}

/** The rules of an environment as namespaces of a workspace, as YAML by the namespace's name. @throws as `rulesOf` does */
export function ruleNamespacesOf(environment: Environment): Record<string, string> {
  return renderRuleNamespaces(rulesOf(environment), ruleSettingsOf(environment, system));
}

/** The labels of an environment's alerts as they may fire. */
export function alertLabelsOf(environment: Environment): readonly Readonly<Record<string, string>>[] {
  return alertLabels(ruleSettingsOf(environment, system), system.alerts);
}

/** The dashboards of an environment, by folder. @throws DefinitionError when one is not as its type says */
export function dashboardFoldersOf(environment: Environment): readonly DashboardFolder[] {
  const { feed } = fedRules(ruleSettingsOf(environment, system), system.alerts);
  return dashboardFolders(dashboardSettingsOf(environment, system), system.dashboards, feed);
}

/** The services of an environment with their owners: in the catalogue's order, then those that it has not. */
export function ownedServicesOf({ services }: Environment): readonly OwnedService[] {
  const names = services.map(({ name }) => name);
  const known = servicesOf(system.catalogue).filter((name) => names.includes(name));
  return [
    ...known.map((name) => ({ name, owner: system.catalogue.services[name].owner })),
    ...names.filter((name) => !known.some((each) => each === name)).map((name) => ({ name })),
  ];
}

/** What the tree of an environment's routes is made of. */
export function routingSettingsOf(environment: Environment): RoutingSettings {
  return routingOf(environment.alerting, ownedServicesOf(environment));
}

/** Names of the receivers that are told of an alert with these labels, those that tell nobody left out. */
export function toldOf(
  environment: Environment,
  labels: Readonly<Record<string, string>>,
): readonly string[] {
  return receiversOf(routingSettingsOf(environment), labels).filter((name) => name !== nobody);
}

/** Names under which an inbox has what a receiver of an environment gets: of mail, the recipients. */
export function inboxNamesOf({ alerting }: Environment, receiver: string): readonly string[] {
  const known = alerting.receivers.find(({ name }) => name === receiver);
  return known?.kind === "email" ? known.to : [receiver];
}

/** Alertmanager's configuration file for an environment, in YAML. */
export function alertmanagerConfigurationOf(environment: Environment): string {
  return renderAlertmanagerConfiguration(
    environment.alerting,
    ownedServicesOf(environment),
    inhibitionsHere(environment),
  );
}

/**
 * The definition of the Alertmanager of an environment's workspace, in YAML.
 * @param arns of what the receivers are told by
 */
export function managedDefinitionOf(
  environment: Environment,
  arns: Pick<ManagedPlaces, "topicArn" | "secretArn">,
): string {
  const { alerting, aws, grafana } = environment;
  const places = { region: aws.region, grafanaUrl: grafana.url, ...arns };
  return renderManagedDefinition(
    alerting,
    ownedServicesOf(environment),
    inhibitionsHere(environment),
    places,
  );
}

/** What an environment's rules and dashboards read, and what is written for them. @throws DefinitionError */
export function readableOf(environment: Environment): Readable & Pick<FedRules, "feed"> {
  const rules = fedRules(ruleSettingsOf(environment, system), system.alerts);
  return { ...rules, folders: dashboardFoldersOf(environment) };
}

/** All that an environment's signals are derived from. @throws DefinitionError */
export function watchedOf(environment: Environment): Watched {
  const settings = ruleSettingsOf(environment, system);
  const { groups, feed, folders } = readableOf(environment);
  const all = everyRule(settings, system.alerts);
  const ofDashboards = dashboardSettingsOf(environment, system);
  return {
    environment,
    catalogue: system.catalogue,
    feed,
    groups,
    folders,
    given: settings.given,
    jobs: storedScrapeConfigs(environment),
    alertLabels: alertLabelsOf(environment),
    routing: routingSettingsOf(environment),
    everything: { groups: all.groups, folders: dashboardFolders(ofDashboards, system.dashboards) },
  };
}

/** An environment's scrape jobs, each with the series that are stored of it. @throws DefinitionError */
export function storedScrapeConfigs(environment: Environment): ScrapeConfig[] {
  const { prometheus, services } = environment;
  return withStoredSeries(scrapeConfigs(environment), readableOf(environment), {
    catalogue: system.catalogue,
    services: services.map(({ name }) => name),
    alsoStored: prometheus.alsoStored,
  });
}

/** Labels of all that leaves an environment's Prometheus: alerts, federation, remote write. */
export function externalLabelsOf({ name }: Pick<Environment, "name">): Readonly<Record<string, string>> {
  return { environment: name };
}

/** What silences what, of the alerts that an environment has. */
export function inhibitionsHere(environment: Environment): readonly Inhibition[] {
  const names = alertNamesOf(rulesOf(environment));
  return inhibitionsOf(pages, (alert) => names.has(alert));
}

/** What silences what, where every alert is there. */
export const inhibitions = inhibitionsOf(pages);

/** Owners of services, by the catalogue. */
export const owners: readonly string[] = [
  ...new Set(Object.values(system.catalogue.services).map(({ owner }) => owner)),
];
