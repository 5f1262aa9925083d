import { App } from "cdktf";
import { type Environment, EnvironmentError } from "../environments";
import { AlertmanagerStack } from "./alertmanager-stack";
import { CloudWatchStack } from "./cloudwatch-stack";
import { DockerStack } from "./docker-stack";
import { GrafanaStack } from "./grafana-stack";
import { missingSources } from "./image-source";

/**
 * Writes the stacks of all the environments as Terraform JSON.
 * @param outdir folder to write to, made where it is missing. Default `cdktf.out`
 * @throws EnvironmentError when an image is to be built of files that are not there; nothing is written then
 */
export function synthesize(environments: readonly Environment[], outdir?: string): void {
  const missing = environments.flatMap(missingSources);
  if (missing.length > 0) throw new EnvironmentError(missing);
  const app = new App({ outdir, stackTraces: false });
  for (const environment of environments) addStacks(app, environment);
  app.synth();
}

/** Adds the four stacks of an environment to an app. */
export function addStacks(app: App, environment: Environment): void {
  new CloudWatchStack(app, environment);
  const docker = new DockerStack(app, environment);
  new GrafanaStack(app, environment, docker);
  new AlertmanagerStack(app, environment, docker);
}
