import type { Catalogue } from "../../metrics/catalogue";
import {
  allNodesOf,
  parse,
  type Expression,
  type LabelAnalysis,
  type Parsed,
} from "../../metrics/promql-analysis";
import { secondsOf } from "../durations";
import type { ReadRule } from "./read-rules";
import type { RuleIndex } from "./rule-index";

/** A rule as the checks look at it. */
export interface Rule extends Omit<ReadRule, "expr" | "for"> {
  readonly parsed: Parsed;
  /** The expression; undefined where Prometheus refuses it. */
  readonly expr: Expression | undefined;
  /** Seconds of `for`; 0 where there is none. */
  readonly forSeconds: number;
}

/** Reads the expression of a rule. */
export function ruleOf(read: ReadRule): Rule {
  const parsed = parse(read.expr);
  return {
    ...read,
    parsed,
    expr: parsed.problems.length === 0 ? parsed.expr : undefined,
    forSeconds: read.for === undefined ? 0 : secondsOf(read.for),
  };
}

/** What the checks know beside the rule. */
export interface CheckContext {
  readonly index: RuleIndex;
  /** The labels of expressions: by what the rules record and, where it is closed, by the catalogue. */
  readonly labels: LabelAnalysis;
  /** The catalogue that has all metrics; undefined where others have metrics, too. */
  readonly catalogue: Catalogue | undefined;
  /** Seconds between two scrapes. */
  readonly scrapeSeconds: number;
  /** Seconds for which samples are kept. */
  readonly retentionSeconds: number;
  /** Names of recorded series that dashboards read; undefined where nobody knows. */
  readonly readElsewhere: ReadonlySet<string> | undefined;
  /** The feature flags that Prometheus has; undefined where nobody knows. */
  readonly features: ReadonlySet<string> | undefined;
}

/** A check of rules. Each has a page in docs/lint/rules. */
export interface Check {
  /** Its name in findings and on the command line. */
  readonly name: string;
  /** What holds for rules that pass, in a sentence. */
  readonly summary: string;
  /** What is wrong with a rule, a sentence each, with what to do. */
  readonly check: (rule: Rule, context: CheckContext) => readonly string[];
}

/** A check of the expression, for rules whose expression Prometheus takes. */
export function ofExpression(
  check: (expr: Expression, rule: Rule, context: CheckContext) => readonly string[],
): Check["check"] {
  return (rule, context) => (rule.expr === undefined ? [] : check(rule.expr, rule, context));
}

/** Whether an alert only says that alerts arrive: it always fires, as nothing is measured, or wakes nobody. */
export function isWatchdog({ labels, parsed }: Rule): boolean {
  return (
    labels.severity === "none" ||
    allNodesOf(parsed.expr).every(({ kind }) => !["selector", "unknown"].includes(kind))
  );
}
