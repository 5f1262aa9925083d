import type { Environment } from "../../../environments";
import { type Finding, ok, problem } from "../../checks/check";
import { deployedTexts } from "../deployed-texts";
import type { VerifyCheck } from "../subject";

/** What stands in this project for what only those who use it can know. */
const placeholders = [
  /\bexample\.(?:com|org|net)\b/,
  /\byour-organi[sz]ation\b/,
  /\b123456789012\b/,
  /\bi-0123456789abcdef0\b/,
];
/** How many places of a placeholder are named. */
const mostNamed = 3;

/** Whether an example's address, account or machine was deployed in the place of one's own. */
export const placeholdersCheck: VerifyCheck = {
  name: "Placeholders",
  timeLimitMs: 5_000,
  run: ({ deployment }) => placeholderFindings(deployment.environment),
};

/** What is to be said of the placeholders in an environment. */
export function placeholderFindings(environment: Environment): readonly Finding[] {
  const pathsOf = new Map<string, string[]>();
  for (const { path, text } of deployedTexts(environment)) {
    for (const found of placeholders.flatMap((pattern) => pattern.exec(text)?.[0] ?? [])) {
      pathsOf.set(found, [...(pathsOf.get(found) ?? []), path]);
    }
  }
  if (pathsOf.size === 0) return [ok("there are none")];
  return [...pathsOf].map(([found, paths]) => {
    const more = paths.length - mostNamed;
    const places =
      paths.slice(0, mostNamed).join(", ") + (more > 0 ? ` and ${String(more)} more places` : "");
    return problem(
      `${found} was deployed: ${places}`,
      `Set your own in environments/${environment.name}.ts.`,
    );
  });
}
