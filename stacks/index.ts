import { App } from "cdktf";
import type { Environment } from "../environments";
import { AlertmanagerStack } from "./alertmanager-stack";
import { CloudWatchStack } from "./cloudwatch-stack";
import { DockerStack } from "./docker-stack";
import { GrafanaStack } from "./grafana-stack";

/**
 * Writes the stacks of all the environments as Terraform JSON.
 * @param outdir folder to write to, made where it is missing. Default `cdktf.out`
 */
export function synthesize(environments: readonly Environment[], outdir?: string): void {
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
