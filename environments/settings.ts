import { EnvironmentError } from "./validation";

/** A value that takes the place of one in an environment's file. */
export interface Setting {
  /** Where in the file: `["alerting", "thresholds", "latencyP95Warning"]`; places in lists are numbers from 0. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * An environment with other values than its file has. The file's own object stays as it is.
 * @param file name of the file, for messages
 * @throws EnvironmentError for a path that leads through something that is neither an object nor a list
 */
export function withSettings<T>(raw: T, settings: readonly Setting[], file: string): T {
  const copy: unknown = structuredClone(raw);
  const problems = settings.flatMap((setting) => put(copy, setting, file));
  if (problems.length > 0) throw new EnvironmentError(problems);
  return copy as T;
}

function put(whole: unknown, { path, value }: Setting, file: string): string[] {
  let at = whole;
  for (const [index, key] of path.entries()) {
    if (!isContainer(at)) {
      const where = path.slice(0, index).join(".");
      return [
        `${file}: ${path.join(".")}: found ${JSON.stringify(at)} at ${where}, allowed: a path within it`,
      ];
    }
    if (index === path.length - 1) at[key] = value;
    else at = at[key] ??= {};
  }
  return [];
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
