import { lineWidth, wrapLine } from "../terminal/wrap";
import type { NamedFinding } from "./check";

const statusWidth = 9;

/** How wide the column of the checks' names must be. */
export function nameWidthOf(checks: readonly { readonly name: string }[]): number {
  return Math.max(...checks.map(({ name }) => name.length)) + 2;
}

/**
 * A finding for people, and its next step below; broken between words at the terminal's width.
 * @param nameWidth as `nameWidthOf` says
 */
export function findingLines(
  { check, status, text, nextStep }: NamedFinding,
  nameWidth: number,
  width: number = lineWidth(),
): string {
  const indent = statusWidth + nameWidth;
  const line = wrapLine(`${status.padEnd(statusWidth)}${check.padEnd(nameWidth)}${text}`, width, indent);
  if (nextStep === undefined) return line;
  return `${line}\n${wrapLine(`${" ".repeat(indent)}-> ${nextStep}`, width, indent + "-> ".length)}`;
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
