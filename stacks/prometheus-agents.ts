import type { Construct } from "constructs";
import { PrometheusAgent, type PrometheusAgentProps } from "../constructs/docker/prometheus-agent";
import type { ScrapeConfig } from "../constructs/docker/prometheus-configuration";
import type { Environment } from "../environments";
import { agentName, containerNames } from "../environments/container-names";
import type { ManagedEngine } from "../environments/metrics-engine";
import { agentTargets } from "./addresses";
import { prometheusSecrets } from "./prometheus-secrets";
import { remoteWriteOf } from "./remote-write";
import { externalLabelsOf, storedScrapeConfigs } from "./system";

/** What all agents have in common. */
type Common = Pick<PrometheusAgentProps, "image" | "limits"> & {
  /** @param name of the agent */
  readonly placement: (name: string) => Pick<PrometheusAgentProps, "networks" | "listenHost">;
  readonly workspace: Pick<PrometheusAgentProps["workspace"], "remoteWriteUrl">;
};

/** Numbers of an agent, both from 1 on. */
interface Place {
  readonly shard: number;
  readonly replica: number;
}

/** The agents that write to an environment's workspace: of each shard as many as there are replicas. */
export function addAgents(
  scope: Construct,
  environment: Environment,
  engine: ManagedEngine,
  { workspace, placement, ...common }: Common,
): PrometheusAgent[] {
  const { agents, awsCredentials } = engine;
  const secrets = prometheusSecrets(scope, environment);
  const roleArn = awsCredentials?.assumeRoleArn;
  return placesOf(agents).map((place) => {
    const name = agentName(place.shard, place.replica);
    return new PrometheusAgent(scope, name, {
      ...common,
      ...placement(name),
      ...secrets,
      name,
      workspace: {
        ...workspace,
        region: environment.aws.region,
        ...(roleArn !== undefined && { roleArn }),
      },
      configuration: agentConfigurationOf(environment, engine, place),
    });
  });
}

/** What one agent of an environment scrapes, without the place that it writes to. */
export function agentConfigurationOf(
  environment: Environment,
  { agents }: Pick<ManagedEngine, "agents">,
  place: Place,
): PrometheusAgentProps["configuration"] {
  const { prometheus } = environment;
  return {
    interval: prometheus.scrapeInterval,
    timeout: prometheus.scrapeTimeout,
    externalLabels: externalLabels(environment, agents.replicas, place),
    scrapeConfigs: storedScrapeConfigs(environment).map((job) =>
      jobOfShard(environment, job, { index: place.shard - 1, of: agents.shards }),
    ),
    limits: prometheus.scrapeLimits,
    remoteWrite: remoteWriteOf(prometheus.remoteWrite),
  };
}

function placesOf({ shards, replicas }: ManagedEngine["agents"]): Place[] {
  return Array.from({ length: shards * replicas }, (_, index) => ({
    shard: Math.floor(index / replicas) + 1,
    replica: (index % replicas) + 1,
  }));
}

/**
 * Of two agents that scrape the same, the workspace takes the samples of one, and of the other when that one has been silent
 * for 30 s. It chooses one for each `cluster`, which stays a label; `__replica__` does not. Each shard is a cluster:
 * otherwise a dead agent of one shard would not be stood in for as long as its namesake of another writes. Source:
 * https://docs.aws.amazon.com/prometheus/latest/userguide/AMP-ingest-dedupe.html, November 2026.
 */
function externalLabels(
  environment: Environment,
  replicas: number,
  { shard, replica }: Place,
): Record<string, string> {
  const shared = externalLabelsOf(environment);
  if (replicas === 1) return shared;
  return {
    ...shared,
    cluster: `${environment.name}-${String(shard)}`,
    __replica__: agentName(shard, replica),
  };
}

/** Agents watch those of their own shard, so that the silence of all of them is seen by what is missing. */
function jobOfShard(
  environment: Environment,
  job: ScrapeConfig,
  shard: NonNullable<ScrapeConfig["shard"]>,
): ScrapeConfig {
  if (job.jobName !== containerNames.prometheus) return shard.of === 1 ? job : { ...job, shard };
  const own = (agentTargets(environment)[shard.index] ?? []).map(({ target }) => target);
  return {
    ...job,
    staticConfigs: job.staticConfigs.filter(({ targets }) => targets.every((target) => own.includes(target))),
  };
}
