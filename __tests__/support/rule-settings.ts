import type { RuleSettings } from "../../alerts/rule";
import type { Environment } from "../../environments";
import { monitoringJobs } from "../../metrics/targets";
import { objectivesSchema, thresholdsSchema } from "../../environments/schema/thresholds";

/** Settings with the environments' own defaults. */
export const ruleSettings: RuleSettings = {
  environment: "test",
  services: ["shop"],
  monitoringJobs,
  thresholds: thresholdsSchema.parse({}),
  objectives: objectivesSchema.parse({}),
  scrapeInterval: "15s",
  runbooksUrl: "https://example.com/runbooks",
  dashboardsUrl: "https://grafana.example.com",
};

/** What the rules take of an environment. */
export function settingsOf({
  name,
  services,
  alerting,
  prometheus,
  grafana,
  runbooksUrl,
}: Environment): RuleSettings {
  return {
    environment: name,
    services: services.map((service) => service.name),
    monitoringJobs,
    thresholds: alerting.thresholds,
    objectives: alerting.objectives,
    scrapeInterval: prometheus.scrapeInterval,
    runbooksUrl,
    dashboardsUrl: grafana.url,
  };
}
