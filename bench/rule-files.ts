import { objectivesSchema } from "../alerts/objective-settings";
import { renderRuleFiles } from "../alerts/rule-files";
import { thresholdsSchemaOf } from "../alerts/thresholds";
import { servicesOf } from "../metrics/catalogue";
import { monitoringJobs } from "../metrics/exporters";
import { everyNeed } from "../metrics/needs";
import { system } from "../shop";
import { settings } from "../shop/settings";

/** All rules there are, of these services and those of the catalogue: as YAML, by the name of the file. */
export function benchRuleFiles(services: readonly string[], intervalSeconds: number): Record<string, string> {
  return renderRuleFiles(
    {
      environment: "bench",
      catalogue: system.catalogue,
      services: [...services, ...servicesOf(system.catalogue)],
      publicServices: [],
      publicPrograms: [],
      discoveredServices: [],
      leastMachines: 1,
      agentShards: [],
      monitoringJobs,
      thresholds: thresholdsSchemaOf(settings.thresholds).parse({}),
      objectives: objectivesSchema.parse({}),
      scrapeInterval: `${String(intervalSeconds)}s`,
      longestGroupInterval: "5m",
      given: everyNeed,
      runbooksUrl: "https://example.com/runbooks",
      dashboardsUrl: "https://grafana.example.com",
    },
    system.alerts,
  );
}
