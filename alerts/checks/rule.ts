import type { Expression } from "./expression";
import type { RecordedLabels } from "./labels";

/** A rule as it stands in a file. */
export interface FileRule {
  readonly file: string;
  readonly group: string;
  /** Place in its group, from 0. */
  readonly index: number;
  readonly kind: "alert" | "record";
  readonly name: string;
  /** The expression as it is written. */
  readonly text: string;
  /** The expression; undefined where it cannot be parsed. */
  readonly expr: Expression | undefined;
  /** Seconds of `for`; undefined where there is none. */
  readonly for: number | undefined;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** What the checks know beside the rule. */
export interface CheckContext {
  /** All rules of all files. */
  readonly rules: readonly FileRule[];
  readonly recorded: RecordedLabels;
  /** Seconds between two scrapes. */
  readonly scrapeSeconds: number;
  /** Seconds for which samples are kept. */
  readonly retentionSeconds: number;
  /** Names of recorded series that dashboards read. */
  readonly readElsewhere: ReadonlySet<string>;
}

/** A check: what is wrong with a rule, a sentence each, with what to do. */
export type Check = (rule: FileRule, context: CheckContext) => readonly string[];

/** A check of the expression, for rules whose expression can be parsed. */
export function ofExpression(
  check: (expr: Expression, rule: FileRule, context: CheckContext) => readonly string[],
): Check {
  return (rule, context) => (rule.expr === undefined ? [] : check(rule.expr, rule, context));
}
