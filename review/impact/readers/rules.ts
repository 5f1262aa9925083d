import { readRules, type ReadRule } from "../../../alerts/lint/read-rules";
import { parseRuleTemplate } from "../../../alerts/go-template/rule-template";
import { usesOf } from "../../../alerts/lint/template/uses";
import { LabelSet, parse, type Parsed } from "../../../metrics/promql-analysis";
import type { ReadVersion } from "../../version/version";
import type { ExpressionReader } from "./expression";
import { onceFor } from "./once-for";

/** A rule with its expression. */
export interface RuleReader extends ReadRule {
  readonly parsed: Parsed;
}

/**
 * The rules of a version.
 * @throws Error when one of its files is none of rules
 */
export function rulesOf({ ruleFiles }: Pick<ReadVersion, "ruleFiles">): readonly RuleReader[] {
  return rulesIn(ruleFiles);
}

const rulesIn = onceFor((ruleFiles: ReadVersion["ruleFiles"]) =>
  Object.entries(ruleFiles).flatMap(([file, text]) => {
    const read = readRules(file, text);
    if ("error" in read) throw new Error(`The file of rules ${file} ${read.error}`);
    return read.groups.flatMap(({ rules }) => rules.map(withExpression));
  }),
);

/** A rule with its expression read. */
export function withExpression(rule: ReadRule): RuleReader {
  return { ...rule, parsed: parse(rule.expr) };
}

/** A rule as one that reads series. */
export function ruleReader(rule: RuleReader, place: string, isForeign: boolean): ExpressionReader {
  const isAlert = rule.kind === "alert";
  const where = isAlert ? "rule" : "recorded series";
  return {
    where: isForeign ? `foreign ${where}` : where,
    name: rule.name,
    place,
    text: rule.expr,
    expr: rule.parsed.expr,
    isAlert,
    isForeign,
    isWritten: () => true,
    isOpen: () => false,
    shownLabels: isAlert ? labelsShown(rule) : [],
  };
}

/** The labels of its series that the texts of an alert show, those left out that they ask for first. */
export function labelsShown({ labels, annotations }: RuleReader): readonly string[] {
  const texts = [...Object.values(labels), ...Object.values(annotations)].filter((text) =>
    text.includes("{{"),
  );
  return texts.flatMap((text) => {
    const { nodes } = parseRuleTemplate(text);
    if (nodes === undefined) return [];
    return usesOf(nodes, LabelSet.any, () => LabelSet.any)
      .labels.filter(({ query }) => query === undefined)
      .map(({ label }) => label);
  });
}
