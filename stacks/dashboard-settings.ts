import { burnAlertsOver } from "../alerts/burn-alerts";
import { exporterPrograms } from "../constructs/docker/exporters";
import type { ScrapeConfig } from "../constructs/docker/prometheus-configuration";
import type { DashboardSettings } from "../dashboards";
import type { CloudWatchPlace } from "../dashboards/settings";
import type { Environment } from "../environments";
import { logGroupNameOf, namePrefixOf } from "../environments/aws-names";
import { pagesOf } from "../alerts/own-alerts";
import type { System } from "../shop";
import { dataSources } from "./data-sources";
import { scrapeConfigs } from "./scrape-configs";

type Settings = Omit<DashboardSettings<Environment["alerting"]["thresholds"]>, "ownTitles">;

/** What the dashboards take of an environment. */
export function dashboardSettingsOf(environment: Environment, { catalogue, alerts }: System): Settings {
  const { services, grafana, alerting } = environment;
  return {
    catalogue,
    ownBurns: pagesOf(alerts).burns,
    services: services.map(({ name }) => name),
    timezone: grafana.timezone,
    refresh: grafana.refresh,
    thresholds: alerting.thresholds,
    severalEngines: hasSeveralEngines(scrapeConfigs(environment)),
    burnAlerts: burnAlertsOver(alerting.objectives.windowDays),
    traces: dataSources.jaeger,
    cloudwatch: grafana.awsCredentials && cloudWatchPlace(environment),
  };
}

/** Whether cAdvisor is scraped on more than one machine, or on those that are discovered. */
export function hasSeveralEngines(jobs: readonly ScrapeConfig[]): boolean {
  return jobs
    .filter(({ jobName }) => jobName === exporterPrograms.cadvisor.name)
    .some(
      ({ staticConfigs, discovered }) =>
        discovered !== undefined || staticConfigs.flatMap(({ targets }) => targets).length > 1,
    );
}

/** Where Grafana finds an environment's machines and lines in CloudWatch. */
function cloudWatchPlace(environment: Environment): CloudWatchPlace {
  const { aws, cloudwatch, machines } = environment;
  const { target } = machines.aws;
  const { logs } = cloudwatch;
  return {
    region: aws.region,
    alarmNamePrefix: `${namePrefixOf(environment)}-`,
    ...(target.kind === "instances" && {
      machines: { dimension: "InstanceId", values: target.instanceIds },
    }),
    ...(target.kind === "auto-scaling-group" && {
      machines: { dimension: "AutoScalingGroupName", values: [target.name] },
    }),
    ...(logs && { logGroupName: logGroupNameOf(environment) }),
  };
}
