import { join } from "node:path";
import { type Environment, environmentNames, loadEnvironments } from "../../environments";
import { synthesize } from "../../stacks";
import { CommandError } from "../terminal/command";
import { selectInDeployOrder } from "../terraform/deploy-order";
import { type Subject, type WatchedMachines } from "../doctor/check";
import { DockerEngine } from "../doctor/engine";
import { oneEnvironmentOf, selectionOf } from "../terraform/selection";
import type { StackContents } from "../terraform/stack-contents";
import { outputFolder, readSynthesizedStacks } from "../terraform/synth-output";
import { defaultEnvironment } from "./command-line";
import { asVariables, LocalSecrets } from "./secrets";

/** An environment that needs no account, as far as it is selected, synthesized and with its secrets. */
export interface LocalSystem {
  readonly environment: Environment;
  /** The selected stacks in the order of a deploy. */
  readonly contents: readonly StackContents[];
  readonly secrets: LocalSecrets;
  /** Secrets for the variables that the user has not set, some perhaps just made up and not yet kept. */
  readonly values: Readonly<Record<string, string>>;
}

/**
 * Synthesizes the environment of a selection.
 * @param selection one environment or some of its stacks. Default: that of `ENVIRONMENT`, or `local`
 * @throws CommandError for more than one environment, and for one that needs an account of AWS
 */
export function localSystem(selection: readonly string[]): LocalSystem {
  const selected = selectionOf(selection);
  const asked = selected.length === 0 ? [defaultEnvironment] : selected;
  const name = oneEnvironmentOf(asked);
  const [environment] = loadEnvironments(name);
  if (environment?.aws.emulatorUrl === undefined) {
    throw new CommandError(
      `${name} has an account of AWS: deploy it with \`npm run deploy -- ${name}\`. ` +
        `\`up\` and \`down\` are for environments with \`aws.emulatorUrl\`: ${withoutAccount().join(", ")}.`,
    );
  }
  synthesize([environment], outputFolder);
  const contents = selectInDeployOrder(asked, readSynthesizedStacks(outputFolder));
  const secrets = new LocalSecrets(join(".secrets", `${name}.json`), name);
  const variables = contents.flatMap((each) => each.variables);
  return { environment, contents, secrets, values: secrets.valuesFor(variables, process.env) };
}

/** What doctor's checks look at, with secrets as if the user had set them. */
export function subjectOf(
  environment: Environment,
  contents: readonly StackContents[],
  secrets: Readonly<Record<string, string>>,
): Subject {
  const host = contents.find(({ dockerHost }) => dockerHost !== undefined)?.dockerHost;
  const machines = contents.some(({ stack }) => stack.name === `${environment.name}-cloudwatch`)
    ? watchedMachines(environment)
    : undefined;
  return {
    environment: environment.name,
    contents,
    ...(machines && { machines }),
    engine: host === undefined ? undefined : new DockerEngine(host),
    dataRoot: environment.docker.dataRoot,
    otherEngines: contents
      .flatMap(({ otherEngines }) => otherEngines)
      .map(({ machine, host: ofMachine }) => ({
        machine,
        engine: new DockerEngine(ofMachine),
        dataRoot: environment.machines.others.find(({ name }) => name === machine)?.dataRoot,
      })),
    env: { ...process.env, ...asVariables(secrets) },
  };
}

/** The machines of AWS that an environment's alarms are about; none where an emulator has made-up ones. */
function watchedMachines({ aws, machines }: Environment): WatchedMachines | undefined {
  if (aws.emulatorUrl !== undefined) return undefined;
  const { target, detailedMonitoring: isDetailed } = machines.aws;
  return { place: aws, target, isDetailed };
}

function withoutAccount(): string[] {
  return loadEnvironments(environmentNames.join(","))
    .filter(({ aws }) => aws.emulatorUrl !== undefined)
    .map(({ name }) => name);
}
