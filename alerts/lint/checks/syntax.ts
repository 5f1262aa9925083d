import { textAt } from "../../../metrics/promql-analysis";
import type { Check } from "../rule";

const longest = 40;

/** One broken expression, and Prometheus takes none of the file's rules. */
export const syntax: Check = {
  name: "syntax",
  summary: "The expression is PromQL that Prometheus takes.",
  check({ parsed }) {
    return parsed.problems.map(({ message, from, to }) => {
      const text = textAt(parsed, { from, to: Math.min(to, from + longest) }).trim();
      const where = `character ${String(from + 1)}${text === "" ? "" : `, "${text}"`}`;
      return `The expression is no PromQL at ${where}: ${message}.`;
    });
  },
};
