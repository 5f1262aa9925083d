/**
 * The program that describes a version. It runs in the folder of that version, from its own sources, in a process of its own.
 * Its arguments are the environment's name and the settings, as JSON. It sends one message to the process that started it.
 */
import { problemOf, tell } from "../../preview/server/tell-crash";
import { renderTemplateFile } from "../../alerts/notifications/template-file";
import { EnvironmentError, loadEnvironments, type Environment } from "../../environments";
import type { Setting } from "../../environments/settings";
import {
  alertmanagerConfigurationOf,
  dashboardFoldersOf,
  externalLabelsOf,
  ruleFilesOf,
  watchedOf,
} from "../../stacks/system";
import { describeCatalogue } from "./describe-catalogue";
import { describeVolume } from "./describe-volume";
import { sourcesOf } from "./sources";
import type { DescribedVersion } from "./version";

/** What it sends. */
export type Described = { readonly version: DescribedVersion } | { readonly problem: string };

const [name = "", settings = "[]"] = process.argv.slice(2);
tell(described(name, JSON.parse(settings) as readonly Setting[]));

function described(environmentName: string, all: readonly Setting[]): Described {
  try {
    const [environment] = loadEnvironments(environmentName, all);
    if (environment === undefined) throw new Error("No environment is named.");
    return { version: versionOf(environment) };
  } catch (error) {
    return { problem: error instanceof EnvironmentError ? error.message : problemOf(error) };
  }
}

function versionOf(environment: Environment): DescribedVersion {
  const watched = watchedOf(environment);
  const { alerting, grafana, prometheus } = environment;
  return {
    environment: environment.name,
    ruleFiles: ruleFilesOf(environment),
    evaluationInterval: prometheus.scrapeInterval,
    externalLabels: externalLabelsOf(environment),
    timezone: ["browser", "utc"].includes(grafana.timezone) ? "UTC" : grafana.timezone,
    alertmanager: alertmanagerConfigurationOf(environment),
    templates: renderTemplateFile(),
    alertmanagerUrl: alerting.url,
    dashboards: dashboardFoldersOf(environment).flatMap(({ title: folder, dashboards }) =>
      dashboards.map((json) => ({ uid: json.uid ?? "", title: json.title ?? "", folder, json: { ...json } })),
    ),
    catalogue: describeCatalogue(watched),
    volume: describeVolume(watched),
    sources: sourcesOf(watched),
  };
}
