import { describeValue, formatPath } from "./describe";
import { type Environment, environmentSchema } from "./environment";
import { didYouMean, fallbackMessage, problemsOf } from "./issues";
import { misspeltKeys } from "./misspelt-keys";
import { type Path, type Problem, rules } from "./rules";
import { ofMeantVariants } from "./union-issues";

/** What is wrong with the environments, all of it in one message for people. */
export class EnvironmentError extends Error {
  /** @param problems one line a problem */
  constructor(readonly problems: readonly string[]) {
    const count = problems.length === 1 ? "1 problem" : `${String(problems.length)} problems`;
    super(`${count} in the environments:\n${problems.map((line) => `  ${line}`).join("\n")}`);
    this.name = "EnvironmentError";
  }
}

/**
 * Checks an environment and fills in its defaults.
 * @param raw what an environment's file exports
 * @param file name of that file, for the message
 * @throws EnvironmentError with every problem: its path in the file, what was found and what is allowed
 */
export function parseEnvironment(raw: unknown, file: string): Environment {
  const asWritten = environmentSchema.safeParse(raw, { error: fallbackMessage, jitless: true });
  const { problems, asMeant } = asWritten.success
    ? { problems: [], asMeant: raw }
    : misspeltKeys(raw, asWritten.error.issues);
  const parsed =
    asMeant === raw
      ? asWritten
      : environmentSchema.safeParse(asMeant, { error: fallbackMessage, jitless: true });
  problems.push(
    ...ofMeantVariants(parsed.error?.issues ?? []).flatMap((issue) => problemsOf(issue, asMeant)),
    ...rules.flatMap((rule) => rule(asMeant)),
  );
  if (parsed.success && problems.length === 0) return parsed.data;
  throw new EnvironmentError([...new Set(problems.map((problem) => problemLine(file, problem)))]);
}

/**
 * Refuses an environment for what only those see who use it, in the same words as its own check.
 * @param problems as they were found; with `candidates`, one of them may have been meant
 * @throws EnvironmentError when there are any
 */
export function refuse(
  environment: Environment,
  problems: readonly {
    readonly path: Path;
    readonly found: unknown;
    readonly allowed: string;
    readonly candidates?: readonly string[];
  }[],
): void {
  if (problems.length === 0) return;
  throw new EnvironmentError(
    problems.map(({ path, found, allowed, candidates = [] }) =>
      problemLine(`environments/${environment.name}.ts`, {
        path,
        found: describeValue(found),
        allowed: `${allowed}${didYouMean(found, candidates)}`,
      }),
    ),
  );
}

function problemLine(file: string, { path, found, allowed }: Problem): string {
  return `${file}: ${formatPath(path)}: found ${found}, allowed: ${allowed}`;
}
