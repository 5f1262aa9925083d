import { CommandError } from "../terminal/command";
import { DockerEngine } from "../doctor/engine";
import type { StackContents } from "../terraform/stack-contents";
import { operate, StackFailure, type StackResult } from "../terraform/stack-operations";
import { indent } from "../terraform/terraform";
import { causeOf } from "./causes";
import { commandLine } from "./command-line";
import { failing, lastLines } from "./logs";
import { removeLeftovers } from "./leftovers";

/** How many of the last lines of a container's log are shown. */
const shownLines = 15;

/**
 * Deploys stacks one after another. What an earlier run has done already is left as it is, what it left half-done is
 * finished.
 * @param contents in the order of the deploy
 * @param environment name of the environment that they are of
 * @param env variables for Terraform besides those of this process
 * @param say is given lines for people
 * @throws CommandError that names the cause and the next step
 */
export async function bringUp(
  contents: readonly StackContents[],
  environment: string,
  env: Readonly<Record<string, string>>,
  say: (line: string) => void,
): Promise<StackResult[]> {
  const results: StackResult[] = [];
  for (const each of contents) {
    const { stack, dockerHost } = each;
    say(`\n${stack.name} (${String(results.length + 1)} of ${String(contents.length)})`);
    const engine = dockerHost === undefined ? undefined : new DockerEngine(dockerHost);
    for (const what of engine ? await removeLeftovers(engine, each) : []) {
      say(`${stack.name}: removed ${what}, which a run that was cut short had left`);
    }
    try {
      results.push(await operate(stack, "deploy", { json: false, yes: true, env }));
    } catch (error) {
      if (!(error instanceof StackFailure)) throw error;
      throw new CommandError(await explain(error, each, environment, engine));
    }
  }
  return results;
}

async function explain(
  { message, said }: StackFailure,
  { containers }: StackContents,
  environment: string,
  engine: DockerEngine | undefined,
): Promise<string> {
  const up = commandLine("up", environment);
  const names = containers.map(({ name }) => name);
  const mentioned = /healthy state|exited immediately|running state|failed to be created/.test(said);
  const unwell = engine && mentioned ? await failing(engine, names) : [];
  if (engine && unwell.length > 0) {
    const logs = await Promise.all(
      unwell.map(async (name) => {
        const lines = await lastLines(engine, name, shownLines);
        const text = lines.length === 0 ? "it printed nothing" : lines.join("\n");
        return `The last lines of ${name}:\n${indent(text)}`;
      }),
    );
    return (
      `${message}\n\n${logs.join("\n")}\n` +
      `\nCause: ${unwell.join(", ")} did not become healthy.` +
      `\nNext: mend what the lines above say (docker logs ${unwell[0] ?? ""} shows all), then ${up} again: it goes on where it stopped.`
    );
  }
  const { cause, nextStep } = causeOf(said, environment) ?? {
    cause: "see what Terraform says above",
    nextStep: `${commandLine("doctor", environment)} looks for what is missing; ${up} goes on where it stopped.`,
  };
  return `${message}\n\nCause: ${cause}.\nNext: ${nextStep}`;
}
