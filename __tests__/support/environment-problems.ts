import { EnvironmentError, parseEnvironment } from "./environments";
import { prod } from "./environments/prod";
import { edited, type Edit } from "./edit";

/** The problems of `prod` with some values changed. */
export function problems(...edits: Edit[]): readonly string[] {
  return problemsOf(edited(prod, ...edits));
}

/** The problems of an environment, one line each; none for a valid one. */
export function problemsOf(raw: unknown): readonly string[] {
  try {
    parseEnvironment(raw, "prod.ts");
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}
