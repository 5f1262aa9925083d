import { LabelAnalysis, LabelSet, nodesOf, type SeriesLabels } from "../../metrics/promql-analysis";
import type { Rule } from "./rule";

/** What rules have to do with one another, looked up by name. */
export class RuleIndex {
  private readonly recorders = new Map<string, Rule[]>();
  private readonly firsts = new Map<string, Rule>();
  private readonly read = new Set<string>();

  constructor(rules: readonly Rule[]) {
    for (const rule of rules) {
      if (rule.kind === "record") {
        const recorders = this.recorders.get(rule.name);
        if (recorders === undefined) this.recorders.set(rule.name, [rule]);
        else recorders.push(rule);
      }
      const key = keyOf(rule);
      if (!this.firsts.has(key)) this.firsts.set(key, rule);
      // Of a broken expression too, what can be read of it.
      for (const { name } of nodesOf(rule.parsed.expr, "selector")) this.read.add(name);
    }
  }

  /** The rules that record a series. */
  recordersOf(series: string): readonly Rule[] {
    return this.recorders.get(series) ?? [];
  }

  /** All recorded series. */
  get recorded(): readonly string[] {
    return [...this.recorders.keys()];
  }

  /** The first rule that writes the same series or fires the same alert, which may be the rule itself. */
  firstLike(rule: Rule): Rule {
    return this.firsts.get(keyOf(rule)) ?? rule;
  }

  /** Whether any rule reads a series. */
  isRead(series: string): boolean {
    return this.read.has(series);
  }

  /** The labels of expressions that read what these rules record, and otherwise what `others` knows. */
  labelAnalysis(others: SeriesLabels): LabelAnalysis {
    const found = new Map<string, LabelSet>();
    const analysis: LabelAnalysis = new LabelAnalysis((name) => {
      const rules = this.recordersOf(name);
      if (rules.length === 0) return others(name);
      const known = found.get(name);
      if (known !== undefined) return known;
      // What a rule that reads itself adds is not known.
      found.set(name, LabelSet.any);
      const labels = rules.map((rule) => recordedLabels(rule, analysis)).reduce((all, one) => all.or(one));
      found.set(name, labels);
      return labels;
    });
    // In the order of the files what is read has mostly been recorded: no long way from reader to reader.
    for (const { expr } of [...this.recorders.values()].flat()) if (expr !== undefined) analysis.of(expr);
    return analysis;
  }
}

function recordedLabels({ expr, labels }: Rule, analysis: LabelAnalysis): LabelSet {
  if (expr === undefined) return LabelSet.any;
  const [added, dropped] = [true, false].map((isAdded) =>
    Object.entries(labels).flatMap(([name, value]) => ((value !== "") === isAdded ? [name] : [])),
  );
  return analysis
    .of(expr)
    .without(dropped ?? [])
    .with(added ?? []);
}

/** Rules of other series, by metric or matchers, write other series, or may. */
function keyOf({ kind, name, labels, parsed }: Rule): string {
  const read = nodesOf(parsed.expr, "selector").map((selector) =>
    JSON.stringify([
      selector.name,
      ...selector.matchers.map(({ label, operator, value }) => label + operator + value).sort(),
    ]),
  );
  return JSON.stringify([kind, name, Object.entries(labels).sort(), [...new Set(read)].sort()]);
}
