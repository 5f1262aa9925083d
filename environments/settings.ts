import { EnvironmentError } from "./validation";

/** A value that takes the place of one in an environment's file, or is added to it. */
export interface Setting {
  /** Where in the file: `["alerting", "thresholds", "latencyP95Warning"]`; places in lists are numbers from 0. */
  readonly path: readonly string[];
  readonly value: unknown;
}

/**
 * An environment with other values than its file has. The file's own object stays as it is.
 * @param file name of the file, for messages
 * @throws EnvironmentError for a path that leads through something that is neither an object nor a list, or past the end of a list
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
    const problem = problemAt(at, key, path.slice(0, index).join("."));
    if (problem !== undefined) return [`${file}: ${path.join(".")}: ${problem}`];
    const container = at as Record<string, unknown>;
    if (index === path.length - 1) container[key] = value;
    else at = container[key] ??= {};
  }
  return [];
}

/** What is wrong with going on to a key from what was reached; `where` is the path to that. */
function problemAt(reached: unknown, key: string, where: string): string | undefined {
  if (typeof reached !== "object" || reached === null) {
    return `found ${JSON.stringify(reached)} at ${where}, allowed: a path that ends there`;
  }
  if (Array.isArray(reached)) {
    const isPlace = /^(?:0|[1-9]\d*)$/.test(key) && Number(key) <= reached.length;
    const places = `a place in the list ${where}, from 0 to ${String(reached.length)}, which adds one`;
    return isPlace ? undefined : `found "${key}", allowed: ${places}`;
  }
  // What every object has of its own accord is no setting.
  return key in reached && !Object.hasOwn(reached, key)
    ? `found "${key}", allowed: the name of a setting`
    : undefined;
}
