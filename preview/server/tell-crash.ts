/**
 * A program that makes something of the sources imports this file first: what it imports after it may have a mistake in its code, which is told by its
 * place, as all others are.
 */
import { DefinitionError, refusingProblems, reportThrown } from "../../metrics/problems";

process.once("uncaughtException", (error) => {
  tell({ problem: problemOf(error) });
});
process.once("disconnect", () => process.exit(1));

/** Sends what came out, and ends. */
export function tell(rendered: object): void {
  process.send?.(rendered, () => process.exit(0));
}

/** What is wrong, for people: by its place and without a stack, where it is a mistake in the sources. */
export function problemOf(error: unknown): string {
  try {
    refusingProblems(() => {
      if (!reportThrown(error)) throw error;
    });
  } catch (refused) {
    if (refused instanceof DefinitionError) return refused.message;
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
