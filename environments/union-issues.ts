import type { z } from "zod";

/**
 * Issues of a schema in which those of a union are in the union's place, where the value is of one variant's type: of a
 * list or an object what is wrong within it is told, and not that it is neither.
 */
export function ofMeantVariants(issues: readonly z.core.$ZodIssue[]): z.core.$ZodIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code !== "invalid_union") return [issue];
    const [meant, ...others] = issue.errors.filter((errors) => !errors.some(isOfWholeType));
    if (meant === undefined || others.length > 0) return [issue];
    return ofMeantVariants(meant).map((each) => ({ ...each, path: [...issue.path, ...each.path] }));
  });
}

/** Whether the value itself has the wrong type, not something in it. */
function isOfWholeType({ code, path }: z.core.$ZodIssue): boolean {
  return path.length === 0 && code === "invalid_type";
}
