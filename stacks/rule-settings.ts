import { longestGroupInterval } from "../alerts/routing/group-interval";
import type { Need } from "../metrics/needs";
import type { RuleFileSettings } from "../alerts/rule";
import type { Environment } from "../environments";
import type { System } from "../shop";
import { scrapeConfigs } from "./scrape-configs";

/** What the rules take of an environment. */
export function ruleSettingsOf(
  environment: Environment,
  { catalogue }: Pick<System, "catalogue">,
): RuleFileSettings<Environment["alerting"]["thresholds"]> {
  const { name, services, alerting, prometheus, grafana, runbooksUrl } = environment;
  const serviceNames = services.map((service) => service.name);
  const jobs = scrapeConfigs(environment).map(({ jobName }) => jobName);
  return {
    catalogue,
    environment: name,
    services: serviceNames,
    monitoringJobs: jobs.filter((job) => !serviceNames.includes(job)),
    thresholds: alerting.thresholds,
    objectives: alerting.objectives,
    scrapeInterval: prometheus.scrapeInterval,
    given: givenBy(environment),
    longestGroupInterval: longestGroupInterval(alerting.routes),
    runbooksUrl,
    dashboardsUrl: grafana.url,
  };
}

/** What of that which alerts can need an environment has. Its targets are lists, one of each service, and nothing reloads. */
export function givenBy({ alerting, prometheus }: Environment): Need[] {
  return [
    ...(alerting.replicas > 1 ? (["second-alertmanager"] as const) : []),
    ...(prometheus.remoteWrite.length > 0 ? (["remote-write"] as const) : []),
  ];
}
