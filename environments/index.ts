import { dev } from "./dev";
import type { Environment, EnvironmentInput } from "./environment";
import { local } from "./local";
import { prod } from "./prod";
import { nearest } from "./describe";
import { staging } from "./staging";
import { EnvironmentError, parseEnvironment } from "./validation";

export type { Environment, EnvironmentInput } from "./environment";
export { EnvironmentError, parseEnvironment, refuse } from "./validation";

/** Every environment of the project. A new one is added here. */
const files: Readonly<Record<string, EnvironmentInput>> = { local, dev, staging, prod };

/** The names of all environments. */
export const environmentNames: readonly string[] = Object.keys(files);

/**
 * The environments that are asked for, checked.
 * @param selection names between commas or spaces, as in the variable `ENVIRONMENT`; none means all
 * @throws EnvironmentError for names that no environment has and for everything that is wrong in the others
 */
export function loadEnvironments(selection: string | undefined): Environment[] {
  const asked = [...new Set((selection ?? "").split(/[\s,]+/).filter((name) => name !== ""))];
  const problems: string[] = [];
  const environments: Environment[] = [];
  for (const name of asked.length > 0 ? asked : environmentNames) {
    try {
      environments.push(loadEnvironment(name));
    } catch (error) {
      if (!(error instanceof EnvironmentError)) throw error;
      problems.push(...error.problems);
    }
  }
  if (problems.length > 0) throw new EnvironmentError(problems);
  return environments;
}

function loadEnvironment(name: string): Environment {
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
  const environment = parseEnvironment(raw, `environments/${name}.ts`);
  if (environment.name === name) return environment;
  throw new EnvironmentError([
    `environments/${name}.ts: name: found ${JSON.stringify(environment.name)}, allowed: "${name}", as in environments/index.ts`,
  ]);
}
