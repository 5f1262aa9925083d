import { longestGroupInterval } from "../alerts/routing/group-interval";
import { secondsOf } from "../alerts/durations";
import type { Need } from "../metrics/needs";
import type { RuleFileSettings } from "../alerts/rule";
import type { Environment } from "../environments";
import { managedEngineOf } from "../environments/metrics-engine";
import { probeJob } from "../metrics/targets";
import type { System } from "../shop";
import { agentTargets } from "./addresses";
import { discoversMachines, leastMachines } from "./machine-targets";
import { publicProgramsOf, publicServicesOf } from "./probes";
import { scrapeConfigs } from "./scrape-configs";
import { discoveredServices, hasReplicas } from "./service-targets";

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
    publicServices: publicServicesOf(environment),
    publicPrograms: publicProgramsOf(environment),
    discoveredServices: discoveredServices(environment),
    leastMachines: leastMachines(environment),
    agentShards: agentTargets(environment).map((shard) =>
      shard.map(({ target, instance = target }) => instance),
    ),
    monitoringJobs: jobs.filter((job) => job !== probeJob && !serviceNames.includes(job)),
    thresholds: alerting.thresholds,
    objectives: alerting.objectives,
    scrapeInterval: prometheus.scrapeInterval,
    given: givenBy(environment),
    longestGroupInterval: longestGroupInterval(alerting.routes),
    runbooksUrl,
    dashboardsUrl: grafana.url,
  };
}

const weekSeconds = secondsOf("1w");

/** What of that which alerts can need an environment has. Nothing reloads. */
export function givenBy(environment: Environment): Need[] {
  const { alerting, loki, prometheus, services } = environment;
  const engine = managedEngineOf(environment);
  const [ofServices, ofMachines] = [
    discoveredServices(environment).length > 0,
    discoversMachines(environment),
  ];
  return [
    ...(services.some(hasReplicas) ? (["service-replicas"] as const) : []),
    ...(ofServices || ofMachines ? (["discovered-targets"] as const) : []),
    ...(ofServices ? (["discovered-services"] as const) : []),
    ...(ofMachines ? (["discovered-machines"] as const) : []),
    ...(!engine && alerting.replicas > 1 ? (["second-alertmanager"] as const) : []),
    ...(secondsOf(prometheus.retentionTime) > weekSeconds ? (["week-of-samples"] as const) : []),
    engine ? "prometheus-agents" : "prometheus-server",
    ...(engine || prometheus.remoteWrite.length > 0 ? (["remote-write"] as const) : []),
    ...(loki ? (["log-lines"] as const) : []),
  ];
}
