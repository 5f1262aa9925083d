import { entriesOf } from "../../metrics/catalogue";
import { parse, type Expression, type Selector } from "../../metrics/promql-analysis";
import { everyService, everyTarget } from "../../metrics/targets";
import { seriesNames } from "../../signals/stored-series";
import type { Environment } from "../../environments";
import { scrapeConfigs } from "../../stacks/scrape-configs";
import { catalogue } from "./system";

type Labels = Readonly<Record<string, string>>;

/** A rule as a rule file has it. */
export interface RenderedRule {
  readonly alert?: string;
  readonly record?: string;
  readonly expr: string;
  readonly labels?: Labels;
}

/**
 * Says which expressions can give something in an environment, from text: it writes down every series that there can be,
 * and evaluates by hand which of them a selector chooses. Made to be held against what the product leaves out.
 */
export class FedOracle {
  private readonly series: Labels[] = [];
  private readonly parsed = new Map<string, Expression>();

  constructor(environment: Environment) {
    for (const { jobName, staticConfigs } of scrapeConfigs(environment)) {
      const isService = environment.services.some(({ name }) => name === jobName);
      for (const entry of entriesOf(catalogue)) {
        const isBy = entry.exportedBy.some(
          (by) => by === jobName || by === everyTarget || (by === everyService && isService),
        );
        if (!isBy || entry.name.startsWith("ALERTS")) continue;
        for (const { labels = {} } of staticConfigs)
          for (const name of seriesNames(entry))
            this.series.push({ ...labels, __name__: name, job: jobName });
      }
    }
  }

  /** Adds what rules write, as long as one more can give something. Returns those that can. */
  fire(rules: readonly RenderedRule[]): RenderedRule[] {
    const live = new Set<RenderedRule>();
    for (let before = -1; before !== live.size;) {
      before = live.size;
      for (const rule of rules.filter((each) => !live.has(each) && this.gives(each.expr))) {
        live.add(rule);
        const fixed = Object.entries(rule.labels ?? {}).filter(([, value]) => !value.includes("{{"));
        const labels = Object.fromEntries(fixed);
        if (rule.record !== undefined) this.series.push({ ...labels, __name__: rule.record });
        if (rule.alert !== undefined)
          this.series.push({ ...labels, __name__: "ALERTS", alertname: rule.alert });
      }
    }
    return rules.filter((rule) => live.has(rule));
  }

  /** Whether an expression can give a series; variables of a dashboard stand for anything. */
  gives(text: string): boolean {
    const expr = this.parsed.get(text) ?? parse(text.replaceAll(/\$__\w+/g, "5m")).expr;
    this.parsed.set(text, expr);
    return this.can(expr);
  }

  private can(expr: Expression): boolean {
    switch (expr.kind) {
      case "number":
      case "string":
        return true;
      case "selector":
        return this.series.some((labels) => chooses(expr, labels));
      case "subquery":
      case "unary":
        return this.can(expr.expr);
      case "call":
      case "aggregation":
        return expr.args.every((arg) => this.can(arg));
      case "binary": {
        const sides = [this.can(expr.left), this.can(expr.right)] as const;
        // What nobody writes can neither be there nor be missing: `unless` needs both sides.
        return expr.op === "or" ? sides[0] || sides[1] : sides[0] && sides[1];
      }
      case "unknown":
        throw new Error("An expression cannot be read.");
    }
  }
}

/** Whether a selector chooses a series; a label that only a template or an exporter gives may be anything. */
function chooses({ name, matchers }: Selector, labels: Labels): boolean {
  if (labels.__name__ !== name) return false;
  return matchers.every(({ label, operator, value }) => {
    const isKnown = label === "job" || (label === "service" && labels.job !== undefined) || label in labels;
    if (!isKnown || value.startsWith("$")) return true;
    const actual = labels[label] ?? "";
    const isMatch = operator.includes("~") ? new RegExp(`^(?:${value})$`).test(actual) : actual === value;
    return operator.startsWith("!") ? !isMatch : isMatch;
  });
}
