import { DefinitionError, refusingProblems } from "../../metrics/problems";

/** A mistake that was reported: where, and what. */
export interface ReportedProblem {
  /** `__tests__/metrics/a.test.ts:3:4`, or what the report says in its place. */
  readonly place: string;
  readonly text: string;
}

/** What is reported while something is made. */
export function reportedProblems(make: () => unknown): ReportedProblem[] {
  try {
    refusingProblems(make);
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    return error.problems.map((line) => {
      const [, place = "", text = ""] = /^(\S+?|group .+?|\(unknown place\)): (.*)$/s.exec(line) ?? [];
      return { place, text };
    });
  }
  return [];
}

/** The same without the places. */
export function problemsOf(make: () => unknown): string[] {
  return reportedProblems(make).map(({ text }) => text);
}
