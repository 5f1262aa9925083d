import type { ScrapeConfig } from "../../constructs/docker/prometheus-configuration";
import { hasSeveralEngines } from "../../stacks/dashboard-settings";

const job = (jobName: string, ...targets: readonly string[]): ScrapeConfig => ({
  jobName,
  staticConfigs: targets.map((target) => ({ targets: [target] })),
});
const others = job("node-exporter", "a:9100", "b:9100");
const discovered: ScrapeConfig["discovered"] = {
  by: [{ kind: "dns", name: "engines.example.com", type: "A", port: 8080, refreshInterval: "30s" }],
  labels: {},
};

it.each([
  [false, "on one machine", [job("cadvisor", "cadvisor:8080"), others]],
  [false, "nowhere", [others]],
  [true, "on two", [job("cadvisor", "cadvisor:8080", "b:8080")]],
  [true, "on those that are discovered, too", [{ ...job("cadvisor", "cadvisor:8080"), discovered }]],
])("it is %s of several engines where cAdvisor is scraped %s", (wanted, _, jobs) => {
  expect(hasSeveralEngines(jobs)).toBe(wanted);
});
