import type { NamedFinding } from "./check";

const nameWidth = 11;
const statusWidth = 9;

/** A finding as a line for people, and its next step below. */
export function findingLines({ check, status, text, nextStep }: NamedFinding): string {
  const line = `${status.padEnd(statusWidth)}${check.padEnd(nameWidth)}${text}`;
  return nextStep === undefined ? line : `${line}\n${" ".repeat(statusWidth + nameWidth)}-> ${nextStep}`;
}

/** How many findings of each kind there are, in words. */
export function summary(findings: readonly NamedFinding[]): string {
  const count = (status: NamedFinding["status"]) => findings.filter((each) => each.status === status).length;
  const [problems, warnings] = [count("problem"), count("warning")];
  const words = [plural(problems, "problem"), ...(warnings > 0 ? [plural(warnings, "warning")] : [])];
  return problems + warnings === 0 ? "All is well." : `${words.join(", ")}.`;
}

function plural(count: number, word: string): string {
  return `${count === 0 ? "No" : String(count)} ${word}${count === 1 ? "" : "s"}`;
}
