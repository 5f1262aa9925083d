import { parse } from "../../../metrics/promql-analysis";
import type { CheckContext, Rule } from "../rule";
import type { Node } from "../../go-template/nodes";
import { parseRuleTemplate } from "../../go-template/rule-template";

import { usesOf, type TemplateUses } from "./uses";

/** A label or an annotation of an alert that is a template. */
export interface RuleTemplate {
  /** Name of the label or annotation. */
  readonly where: string;
  readonly isLabel: boolean;
  /** What it uses; undefined where it is broken. */
  readonly uses: TemplateUses | undefined;
  /** What Go finds wrong. */
  readonly problem: string | undefined;
}

const known = new WeakMap<Rule, readonly RuleTemplate[]>();

/** The templates of an alert. What a recording rule has for labels is taken as it is written. */
export function templatesOf(rule: Rule, context: CheckContext): readonly RuleTemplate[] {
  const before = known.get(rule);
  if (before !== undefined) return before;
  const texts = (isLabel: boolean, all: Readonly<Record<string, string>>) =>
    Object.entries(all)
      .filter(([, text]) => text.includes("{{"))
      .map(([where, text]) => templateOf(rule, context, where, isLabel, text));
  const templates =
    rule.kind === "record" ? [] : [...texts(true, rule.labels), ...texts(false, rule.annotations)];
  known.set(rule, templates);
  return templates;
}

function templateOf(
  rule: Rule,
  context: CheckContext,
  where: string,
  isLabel: boolean,
  text: string,
): RuleTemplate {
  const { nodes, problem } = parseRuleTemplate(text);
  return { where, isLabel, problem, uses: nodes && usesIn(nodes, rule, context) };
}

function usesIn(nodes: readonly Node[], rule: Rule, { labels }: CheckContext): TemplateUses {
  return usesOf(nodes, labels.of(rule.parsed.expr), (promql) => labels.of(parse(promql).expr));
}
