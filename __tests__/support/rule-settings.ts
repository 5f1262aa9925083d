import { everyNeed } from "../../metrics/needs";
import { type RuleFileSettings, type RuleGroups } from "../../alerts/rule";
import { renderRuleFiles as renderWith } from "../../alerts/rule-files";
import { ruleGroups as groupsWith } from "../../alerts/rule-groups";
import { servicesOf } from "../../metrics/catalogue";
import { monitoringJobs } from "../../metrics/exporters";
import { edgePrograms } from "../../metrics/targets";
import { objectivesSchema } from "../../alerts/objective-settings";
import { system, thresholdsSchema } from "./system";

const thresholds = thresholdsSchema.parse({});

/** Settings for the rules of the system of the tests. */
export type TestRuleSettings = RuleFileSettings<typeof thresholds>;

/** All groups of rules of the system of the tests. */
export function ruleGroups(of: TestRuleSettings): RuleGroups {
  return groupsWith(of, system.alerts);
}

/** The files of rules of the system of the tests. */
export function renderRuleFiles(of: TestRuleSettings): Record<string, string> {
  return renderWith(of, system.alerts);
}

/** Settings with the environments' own defaults. */
export const ruleSettings: TestRuleSettings = {
  environment: "test",
  catalogue: system.catalogue,
  services: ["shop", ...servicesOf(system.catalogue)],
  publicServices: ["shop"],
  publicPrograms: edgePrograms,
  discoveredServices: ["shop", ...servicesOf(system.catalogue)],
  leastMachines: 3,
  agentShards: [["agent-1:9090", "agent-2:9090"]],
  monitoringJobs,
  thresholds,
  objectives: objectivesSchema.parse({}),
  scrapeInterval: "15s",
  longestGroupInterval: "5m",
  given: everyNeed,
  runbooksUrl: "https://example.com/runbooks",
  dashboardsUrl: "https://grafana.example.com",
};
