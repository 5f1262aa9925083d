import type { z } from "zod";
import { nearest } from "./describe";
import { environmentSchema } from "./environment";
import { unknownKey } from "./issues";
import { type Path, type Problem, valueAt } from "./rules/rule";
import { keysAt } from "./schema-keys";
import { ofMeantVariants } from "./union-issues";

/** Objects in objects: no environment is deeper. */
const deepest = 10;

/**
 * The keys of an environment that are misspelt, and the environment as it was meant, with these keys put right: so that
 * a slip is one problem, and what stands below such a key is checked like everything else.
 * @param issues what the schema has against the environment as it is
 */
export function misspeltKeys(
  raw: unknown,
  issues: readonly z.core.$ZodIssue[],
): { readonly problems: Problem[]; readonly asMeant: unknown } {
  const problems: Problem[] = [];
  let asMeant = raw;
  let remaining = issues;
  for (let depth = 0; depth < deepest; depth += 1) {
    const slips = ofMeantVariants(remaining).flatMap((issue) => slipsOf(issue, asMeant));
    if (slips.length === 0) break;
    for (const { path, key, meant } of slips) {
      problems.push(unknownKey([...path, key]));
      asMeant = renamed(asMeant, path, key, meant);
    }
    remaining = environmentSchema.safeParse(asMeant, { jitless: true }).error?.issues ?? [];
  }
  return { problems, asMeant };
}

interface Slip {
  /** Path of the object. */
  readonly path: Path;
  readonly key: string;
  readonly meant: string;
}

function slipsOf(issue: z.core.$ZodIssue, raw: unknown): Slip[] {
  const path = issue.code === "unrecognized_keys" ? issue.path : issue.path.slice(0, -1);
  const object = valueAt(raw, path);
  if (typeof object !== "object" || object === null || Array.isArray(object)) return [];
  const known = keysAt(path);
  const free = known.filter((key) => !Object.hasOwn(object, key));
  const candidates =
    issue.code === "unrecognized_keys"
      ? issue.keys
      : // Without the key that tells variants apart, no variant can say which of the others it does not know.
        issue.code === "invalid_union" && valueAt(raw, issue.path) === undefined
        ? Object.keys(object).filter((key) => !known.includes(key))
        : [];
  const wanted = issue.code === "unrecognized_keys" ? free : free.filter((key) => key === issue.path.at(-1));
  const slips = candidates.flatMap((key) => {
    const meant = nearest(key, wanted);
    return meant === undefined ? [] : [{ path, key, meant }];
  });
  return slips.filter(({ meant }, index) => slips.findIndex((each) => each.meant === meant) === index);
}

/** A copy in which a key of one object has another name, in its old place. */
function renamed(value: unknown, path: Path, key: string, meant: string): unknown {
  const [first, ...rest] = path;
  if (first === undefined) {
    return Object.fromEntries(
      Object.entries(value as object).map(([each, inner]) => [each === key ? meant : each, inner as unknown]),
    );
  }
  if (Array.isArray(value)) {
    return value.map((inner: unknown, index) => (index === first ? renamed(inner, rest, key, meant) : inner));
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([each, inner]: [string, unknown]) => [
      each,
      each === first ? renamed(inner, rest, key, meant) : inner,
    ]),
  );
}
