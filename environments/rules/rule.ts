import { z } from "zod";
import { describeValue } from "../describe";

/** Where in an environment something is: `["services", 0, "name"]`. */
export type Path = readonly PropertyKey[];

/** One thing that is wrong in an environment. */
export interface Problem {
  readonly path: Path;
  /** What stands there, in words. */
  readonly found: string;
  /** What may stand there, in words. */
  readonly allowed: string;
}

/** What stands at a path; undefined where there is nothing. */
export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null ? (inner as Record<PropertyKey, unknown>)[key] : undefined,
    value,
  );
}

/**
 * A rule that spans several fields. It reads the raw environment through a schema of just these fields, so that it
 * also speaks when something else is wrong; where its own fields have the wrong shape it is silent, as the
 * environment's schema reports that.
 */
export type Rule = (raw: unknown) => Problem[];

/** A rule of the fields that `reads` describes. */
export function rule<T>(reads: z.ZodType<T>, check: (value: T) => Problem[]): Rule {
  return (raw) => {
    const parsed = reads.safeParse(raw, { jitless: true });
    return parsed.success ? check(parsed.data) : [];
  };
}

const named = z.looseObject({ name: z.string().optional().catch(undefined) }).catch({ name: undefined });
export const namedList = z.array(named);

/** A problem for each name that an earlier entry has, too. */
export function duplicates(entries: readonly { name?: string }[], path: Path, allowed: string): Problem[] {
  const names = entries.map(({ name }) => name);
  return names.flatMap((name, index) =>
    name !== undefined && names.indexOf(name) !== index
      ? [{ path: [...path, index, "name"], found: describeValue(name), allowed }]
      : [],
  );
}
