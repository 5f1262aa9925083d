import type { RuleFileSettings } from "../../alerts/rule";
import { monitoringJobs } from "../../metrics/targets";
import { thresholdsSchema } from "../../alerts/thresholds";
import { objectivesSchema } from "../../alerts/objective-settings";

/** Settings with the environments' own defaults. */
export const ruleSettings: RuleFileSettings = {
  environment: "test",
  services: ["shop"],
  monitoringJobs,
  thresholds: thresholdsSchema.parse({}),
  objectives: objectivesSchema.parse({}),
  scrapeInterval: "15s",
  longestGroupInterval: "5m",
  runbooksUrl: "https://example.com/runbooks",
  dashboardsUrl: "https://grafana.example.com",
};
