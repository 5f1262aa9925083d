import { everyNeed } from "../metrics/needs";
import { objectivesSchema } from "../alerts/objective-settings";
import { thresholdsSchemaOf } from "../alerts/thresholds";
import { servicesOf } from "../metrics/catalogue";
import { monitoringJobs } from "../metrics/exporters";
import { edgePrograms } from "../metrics/targets";
import { system } from "../shop";
import { settings as own } from "../shop/settings";

/** Rules with the environments' defaults, where all is there that can be watched: a service that stands for any, too. */
export const wholeRuleSettings = {
  environment: "<environment>",
  catalogue: system.catalogue,
  services: ["<service>", ...servicesOf(system.catalogue)],
  publicServices: ["<service>", ...servicesOf(system.catalogue)],
  publicPrograms: edgePrograms,
  discoveredServices: ["<service>", ...servicesOf(system.catalogue)],
  leastMachines: 1,
  agentShards: [["<agent>"]],
  monitoringJobs,
  thresholds: thresholdsSchemaOf(own.thresholds).parse({}),
  objectives: objectivesSchema.parse({}),
  scrapeInterval: "15s",
  longestGroupInterval: "5m",
  given: everyNeed,
  runbooksUrl: "runbooks",
  dashboardsUrl: "",
} as const;
