import type { Environment } from "../../environments";
import { containerNames } from "../../environments/container-names";
import { managedEngineOf, workspaceAliasOf } from "../../environments/metrics-engine";
import { parse as parseYaml } from "yaml";
import { renamingsOf } from "../../metrics/families";
import { leastMachines } from "../../stacks/machine-targets";
import { publishOnOf } from "../../stacks/edge-sites";
import { scrapeConfigs } from "../../stacks/scrape-configs";
import {
  alertmanagerConfigurationOf,
  managedDefinitionOf,
  ruleFilesOf,
  ruleNamespacesOf,
  system,
} from "../../stacks/system";
import type { AwsPlace } from "../clients/topics-client";
import type { AskedRenaming } from "./renames/readers";

/** Where a system is reached from here: URLs without a slash at their end. */
export interface Places {
  readonly prometheus: string;
  readonly alertmanagers: readonly string[];
  /** Default: there is none, and nothing is asked of it. */
  readonly grafana?: string;
  /** The inbox that takes the place of the services that receivers call. Default: there is none. */
  readonly inbox?: string;
  /** Default: nothing is asked of AWS. */
  readonly aws?: AwsPlace;
  /** Alias of the workspace that is asked in the place of Prometheus and Alertmanager. Default: they are asked themselves. */
  readonly workspace?: string;
}

/** A system that runs: what it should be, and where it is. Plain data. */
export interface Deployment {
  /** How messages call it. */
  readonly name: string;
  readonly environment: Environment;
  /** How many targets each job has at least. */
  readonly jobs: Readonly<Record<string, number>>;
  /** The files of rules by name, in YAML. */
  readonly ruleFiles: Readonly<Record<string, string>>;
  /** Alertmanager's configuration, in YAML. */
  readonly alertmanagerConfiguration: string;
  /** The metrics that have two names. */
  readonly renamings: readonly AskedRenaming[];
  readonly places: Places;
}

/**
 * An environment as its stacks deploy it.
 * @param places where it is reached in place of where the environment says
 */
export function deploymentOf(environment: Environment, places: Partial<Places> = {}): Deployment {
  const { prometheus, alerting, grafana, inbox, aws, docker, name } = environment;
  const engine = managedEngineOf(environment);
  const jobs = scrapeConfigs(environment).map(
    (job) => [job.jobName, leastTargets(environment, job)] as const,
  );
  return {
    name,
    environment,
    jobs: Object.fromEntries(jobs),
    ruleFiles: engine ? ruleNamespacesOf(environment) : ruleFilesOf(environment),
    alertmanagerConfiguration: engine
      ? managedAlertmanagerConfigurationOf(environment)
      : alertmanagerConfigurationOf(environment),
    renamings: renamingsOf(system.catalogue).map(({ metric, formerly }) => ({
      metric: { name: metric.name, type: metric.type },
      formerly,
    })),
    places: {
      prometheus: withoutSlash(prometheus.url),
      alertmanagers: [withoutSlash(alerting.url)],
      ...(engine && { workspace: workspaceAliasOf(environment) }),
      grafana: withoutSlash(grafana.url),
      // It is published on the engine's host.
      ...(alerting.inbox !== undefined &&
        inbox && {
          inbox: `http://${hostOf(docker.host, publishOnOf(environment))}:${String(inbox.hostPort)}`,
        }),
      aws: { region: aws.region, ...(aws.emulatorUrl !== undefined && { emulatorUrl: aws.emulatorUrl }) },
      ...places,
    },
  };
}

/** The configuration in the definition of a workspace's Alertmanager; its topics are known to AWS alone. */
function managedAlertmanagerConfigurationOf(environment: Environment): string {
  const ofAws = (receiver: string) => `arn:of:${receiver}`;
  const definition = managedDefinitionOf(environment, { topicArn: ofAws, secretArn: ofAws });
  return (parseYaml(definition) as { readonly alertmanager_config: string }).alertmanager_config;
}

/** How many targets a job has at least; of a service that is discovered, one. */
function leastTargets(
  environment: Environment,
  { jobName, staticConfigs }: ReturnType<typeof scrapeConfigs>[number],
): number {
  if (jobName === containerNames.nodeExporter) return leastMachines(environment);
  return staticConfigs.flatMap(({ targets }) => targets).length || 1;
}

/** Where ports of an engine are reached: on this machine, or on the host that its address names. */
function hostOf(engine: string, publishedOn: string): string {
  if (engine.startsWith("unix://")) return publishedOn === "0.0.0.0" ? "127.0.0.1" : publishedOn;
  return new URL(engine).hostname;
}

function withoutSlash(url: string): string {
  return url.replace(/\/+$/, "");
}
