import { parse } from "../../../metrics/promql-analysis";
import type { Check } from "../rule";
import { templatesOf, type RuleTemplate } from "../template/of-rule";
import { dataFields } from "../template/values";

/** A broken template, and Prometheus takes none of the file's rules, or sends the error in the place of the text. */
export const template: Check = {
  name: "template",
  summary: "Labels and annotations are templates that Prometheus takes.",
  check: (rule, context) => templatesOf(rule, context).flatMap(problemsOf),
};

function problemsOf({ where, problem, uses }: RuleTemplate): string[] {
  if (problem !== undefined)
    return [`"${where}" is no template: ${problem}${problem.endsWith("?") ? "" : "."}`];
  const broken = (uses?.queries ?? []).flatMap((promql) =>
    parse(promql)
      .problems.slice(0, 1)
      .map(({ message }) => `"${where}" asks for ${promql}, which is no PromQL: ${message}.`),
  );
  const fields = (uses?.unknownFields ?? []).map(
    (field) => `"${where}" reads .${field}, which is not there: there are .${dataFields.join(", .")}.`,
  );
  return [...new Set([...broken, ...fields])];
}
