import { type Environment, loadEnvironments } from "../../environments";
import { synthesize } from "../../stacks";
import { DockerEngine } from "../doctor/engine";
import { CommandError } from "../terminal/command";
import { outputFolder, readSynthesizedStacks } from "../terraform/synth-output";
import { environmentsOf } from "../terraform/selection";
import { type ContainerState, Containers } from "./containers";
import { type Place } from "./helper";
import { type Part, partsOf, type ProgramName, programNames } from "./parts";

/** What a backup or a restore is about. */
export interface Subject {
  readonly environment: Environment;
  readonly engine: DockerEngine;
  readonly containers: Containers;
  readonly parts: readonly Part[];
}

/** Data whose container is there. */
export interface FoundPart extends Part {
  readonly of: ContainerState;
}

/**
 * Synthesizes an environment and finds what it keeps data in.
 * @throws CommandError where it keeps none of these
 */
export function subjectOf(name: string): Subject {
  const [environment] = loadEnvironments(name);
  if (environment === undefined) throw new CommandError(`There is no environment ${name}.`);
  synthesize([environment], outputFolder);
  const own = readSynthesizedStacks(outputFolder).filter((stack) =>
    environmentsOf([stack.name]).includes(name),
  );
  const parts = partsOf(own);
  if (parts.length === 0)
    throw new CommandError(
      `${name} keeps no data of ${programNames.join(", ")} on volumes: there is nothing to back up.`,
    );
  const engine = new DockerEngine(environment.docker.host);
  return { environment, engine, containers: new Containers(engine), parts };
}

/**
 * The programs that `--only` names.
 * @throws CommandError for a name that is none
 */
export function programsIn(only: string | undefined): readonly ProgramName[] {
  if (only === undefined) return programNames;
  const names = only.split(/[\s,]+/).filter((name) => name !== "");
  const unknown = names.filter((name) => !programNames.some((each) => each === name));
  if (unknown.length === 0) return programNames.filter((each) => names.includes(each));
  throw new CommandError(
    `--only: found "${unknown.join(", ")}", allowed: ${programNames.join(", ")}, between commas.\nSee --help.`,
  );
}

/** The parts whose containers are on the engine, and the names of those whose are not. */
export async function findParts(
  { containers, parts }: Subject,
  programs: readonly ProgramName[],
): Promise<{ readonly found: FoundPart[]; readonly missing: string[] }> {
  const found: FoundPart[] = [];
  const missing: string[] = [];
  for (const part of parts.filter(({ program }) => programs.includes(program))) {
    const of = await containers.find(part.container);
    if (of === undefined) missing.push(part.container);
    else found.push({ ...part, of });
  }
  return { found, missing };
}

/** What is used and what is free where a program has its data, in bytes. */
export interface Measured {
  readonly used: number;
  readonly free: number;
}

/** Reads the two numbers that the script `measure` prints, each in KiB. */
export function measuredOf(lines: readonly string[], { volume }: Place): Measured {
  const [used, free] = [Number(lines[0]) * 1024, Number(lines.at(-1)) * 1024];
  if (Number.isFinite(used) && Number.isFinite(free)) return { used, free };
  throw new CommandError(`The volume ${volume} cannot be measured: ${lines.join("; ")}`);
}
