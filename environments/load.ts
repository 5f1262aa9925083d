import { nearest } from "./describe";
import type { Environment, EnvironmentInput } from "./environment";
import { type Setting, withSettings } from "./settings";
import { EnvironmentError, parseEnvironment } from "./validation";

/** The environments of a project. */
export interface Environments {
  /** The names of all. */
  readonly environmentNames: readonly string[];
  /**
   * The environments that are asked for, checked.
   * @param selection names between commas or spaces, as in the variable `ENVIRONMENT`; none means all
   * @param settings values that take the place of those in the files. Default: none do
   * @throws EnvironmentError for names that no environment has and for everything that is wrong in the others
   */
  readonly loadEnvironments: (selection: string | undefined, settings?: readonly Setting[]) => Environment[];
}

/** Environments by the name that each has in its file. */
export function environmentsFrom(files: Readonly<Record<string, EnvironmentInput>>): Environments {
  const environmentNames = Object.keys(files);
  return {
    environmentNames,
    loadEnvironments: (selection, settings = []) => {
      const asked = [...new Set((selection ?? "").split(/[\s,]+/).filter((name) => name !== ""))];
      const problems: string[] = [];
      const environments: Environment[] = [];
      for (const name of asked.length > 0 ? asked : environmentNames) {
        try {
          environments.push(loadEnvironment(name, files, settings));
        } catch (error) {
          if (!(error instanceof EnvironmentError)) throw error;
          problems.push(...error.problems);
        }
      }
      if (problems.length > 0) throw new EnvironmentError(problems);
      return environments;
    },
  };
}

function loadEnvironment(
  name: string,
  files: Readonly<Record<string, EnvironmentInput>>,
  settings: readonly Setting[],
): Environment {
  const environmentNames = Object.keys(files);
  if (!Object.hasOwn(files, name)) {
    const suggestion = nearest(name, environmentNames);
    const hint = suggestion === undefined ? "" : `; did you mean "${suggestion}"?`;
    throw new EnvironmentError([
      `ENVIRONMENT: found ${JSON.stringify(name)}, allowed: ${environmentNames.join(", ")}${hint}`,
    ]);
  }
  const raw: unknown = files[name];
  if (raw === undefined) {
    throw new EnvironmentError([
      `environments/${name}.ts: found no export of the name that environments/index.ts imports for "${name}", ` +
        `allowed: \`export const ${name}: EnvironmentInput = …\` (a copied file still has the other's name there)`,
    ]);
  }
  const file = `environments/${name}.ts`;
  const environment = parseEnvironment(settings.length === 0 ? raw : withSettings(raw, settings, file), file);
  if (environment.name === name) return environment;
  throw new EnvironmentError([
    `environments/${name}.ts: name: found ${JSON.stringify(environment.name)}, allowed: "${name}", as in environments/index.ts`,
  ]);
}
