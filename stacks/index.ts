import { App } from "cdktf";
import { type Environment, EnvironmentError } from "../environments";
import { managedEngineOf } from "../environments/metrics-engine";
import { AlertmanagerStack } from "./alertmanager-stack";
import { CloudWatchStack } from "./cloudwatch-stack";
import { checkDefinitions } from "./definitions";
import { DockerStack } from "./docker-stack";
import { GrafanaStack } from "./grafana-stack";
import { missingSources } from "./image-source";
import { MetricsStack } from "./metrics-stack";
import { resolvingTokensAlone } from "./resolving-tokens";

export { DefinitionError } from "../metrics/problems";

/**
 * Writes the stacks of all the environments as Terraform JSON.
 * @param outdir folder to write to, made where it is missing. Default `cdktf.out`
 * @throws EnvironmentError when an image is to be built of files that are not there; nothing is written then
 * @throws DefinitionError when a metric, rule or dashboard is not as its type says; nothing is written then
 */
export function synthesize(environments: readonly Environment[], outdir?: string): void {
  const missing = environments.flatMap(missingSources);
  if (missing.length > 0) throw new EnvironmentError(missing);
  checkDefinitions(environments);
  withoutTraces(() => {
    resolvingTokensAlone(() => {
      const app = new App({ outdir, stackTraces: false });
      for (const environment of environments) addStacks(app, environment);
      app.synth();
    });
  });
}

/**
 * Runs something without the stack traces that the framework takes of each of its tokens, `stackTraces: false` or not:
 * a sixth of a synth, and nobody is shown them. Errors have theirs all the same.
 */
function withoutTraces(make: () => void): void {
  const capture: unknown = Reflect.get(Error, "captureStackTrace");
  Error.captureStackTrace = () => undefined;
  try {
    make();
  } finally {
    Reflect.set(Error, "captureStackTrace", capture);
  }
}

/** Adds the stacks of an environment to an app: those of `stackKindsOf`. */
export function addStacks(app: App, environment: Environment): void {
  const engine = managedEngineOf(environment);
  const metrics = engine && new MetricsStack(app, environment, engine);
  new CloudWatchStack(app, environment, metrics);
  const docker = new DockerStack(app, environment, metrics?.workspace);
  new GrafanaStack(app, environment, docker, metrics?.workspace);
  if (!engine) new AlertmanagerStack(app, environment, docker);
}
