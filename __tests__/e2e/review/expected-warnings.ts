import { rulesOf } from "../../../review/impact/readers/rules";
import type { ExpressionReader } from "../../../review/impact/readers/expression";
import type { Impact, Verdict } from "../../../review/impact/impact";
import type { ReadVersion } from "../../../review/version/version";
import type { Mutation } from "./mutations";

/** What must be said, by the texts of the version alone, of a mutation that empties no expression. */
export interface Expected {
  readonly what: string;
  readonly isSaid: boolean;
}

/** What must be said of links, routes, receivers and types. */
export function expectedOf(
  mutation: Mutation,
  after: ReadVersion,
  readers: readonly ExpressionReader[],
  { findings }: Impact,
): readonly Expected[] {
  const told = findings.flatMap((finding) => finding.readers);
  const says = (verdicts: readonly Verdict[], where: string, name: string, words = "") =>
    told.some(
      (reader) =>
        verdicts.includes(reader.verdict) &&
        reader.where === where &&
        reader.name === name &&
        reader.consequence.includes(words),
    );
  const name = mutation.names[0] ?? "";
  switch (mutation.kind) {
    case "type":
      return readers
        .filter(({ text }) => mutation.names.some((series) => isRated(text, series)))
        .map((reader) => ({
          what: reader.place,
          isSaid: says(["warn", "block"], reader.where, reader.name, "of a gauge"),
        }));
    case "dashboard": {
      const link = new RegExp(`/d/${name}(?![\\w-])`);
      return [
        ...after.dashboards.map(({ title, json }) => ({ from: title, text: JSON.stringify(json) })),
        ...rulesOf(after).map((rule) => ({ from: rule.name, text: JSON.stringify(rule.annotations) })),
      ]
        .filter(({ text }) => link.test(text))
        .map(({ from }) => ({ what: `link of ${from}`, isSaid: says(["warn", "block"], "link", from) }));
    }
    case "receiver":
      return isNamed(after, name)
        ? [{ what: `route to ${name}`, isSaid: says(["block"], "route", name, "refuses") }]
        : [];
    case "route":
      return isNamed(after, name)
        ? []
        : [{ what: `receiver ${name}`, isSaid: says(["warn", "block"], "receiver", name) }];
    case "route value":
      return [
        { what: `route of no alert to ${name}`, isSaid: says(["block"], "route", name, "matches no alert") },
      ];
    default:
      return [];
  }
}

function isRated(text: string, series: string): boolean {
  return new RegExp(`\\b(?:rate|increase|irate)\\(${series}\\b`).test(text);
}

function isNamed({ alertmanager }: ReadVersion, receiver: string): boolean {
  return alertmanager.split("\n").some((line) => line.trim().replace(/^- /, "") === `receiver: ${receiver}`);
}
