import { z } from "zod";
import { describeValue, formatPath, nearest } from "./describe";
import { type Environment, environmentSchema } from "./environment";
import { type Path, type Problem, rules } from "./rules";

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
  const parsed = environmentSchema.safeParse(raw);
  const problems = [
    ...(parsed.error?.issues.flatMap((issue) => problemsOf(issue, raw)) ?? []),
    ...rules.flatMap((rule) => rule(raw)),
  ];
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

function problemsOf(issue: z.core.$ZodIssue, raw: unknown): Problem[] {
  const { path } = issue;
  const value = valueAt(raw, path);
  const found = describeValue(value);
  switch (issue.code) {
    case "unrecognized_keys":
      return issue.keys.map((key) => {
        const known = keysAt(path);
        const allowed = `one of the keys ${known.join(", ")}${didYouMean(key, known)}`;
        // Its value is not shown: it may be a secret that was put here by mistake.
        return { path: [...path, key], found: "an unknown key", allowed };
      });
    case "invalid_value": {
      const allowed = `one of ${issue.values.map(String).join(", ")}${didYouMean(value, issue.values)}`;
      return [{ path, found, allowed }];
    }
    case "invalid_union": {
      const options: readonly unknown[] = "options" in issue ? (issue.options ?? []) : [];
      if (options.length === 0) return [{ path, found, allowed: issue.message }];
      return [{ path, found, allowed: `one of ${options.join(", ")}${didYouMean(value, options)}` }];
    }
    case "invalid_type": {
      const known = keysAt(path);
      if (issue.expected !== "object" || known.length === 0) {
        return [{ path, found, allowed: issue.expected === "boolean" ? "true or false" : issue.message }];
      }
      return [{ path, found, allowed: `an object with the keys ${known.join(", ")}` }];
    }
    default:
      return [{ path, found, allowed: issue.message }];
  }
}

function didYouMean(found: unknown, candidates: readonly unknown[]): string {
  const suggestion = typeof found === "string" ? nearest(found, candidates.map(String)) : undefined;
  return suggestion === undefined ? "" : `; did you mean "${suggestion}"?`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/** What of a JSON Schema says which keys there are. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

let jsonSchema: SchemaNode | undefined;

/** The keys that an object at this path may have, by the schema; those of all its variants where it has several. */
function keysAt(path: Path): string[] {
  // Only made when something is wrong: it costs more than the rest of a check.
  jsonSchema ??= z.toJSONSchema(environmentSchema, { io: "input" }) as SchemaNode;
  let nodes = variants(jsonSchema);
  for (const key of path) {
    const children = nodes.map((node) =>
      typeof key === "number" ? node.items : node.properties?.[String(key)],
    );
    nodes = children.flatMap((child) => (child ? variants(child) : []));
  }
  return [...new Set(nodes.flatMap((node) => Object.keys(node.properties ?? {})))];
}

function variants(node: SchemaNode): SchemaNode[] {
  return [node, ...(node.anyOf ?? []), ...(node.oneOf ?? [])];
}
