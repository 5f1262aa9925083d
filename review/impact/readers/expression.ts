import type { Expression, Matcher } from "../../../metrics/promql-analysis";

/** Where an expression stands that is evaluated again and again. */
export type ExpressionPlace =
  | "panel"
  | "variable"
  | "annotation"
  | "rule"
  | "recorded series"
  | "foreign panel"
  | "foreign variable"
  | "foreign annotation"
  | "foreign rule"
  | "foreign recorded series";

/** An expression with who reads by it. */
export interface ExpressionReader {
  readonly where: ExpressionPlace;
  /** Title of the panel, name of the rule or variable. */
  readonly name: string;
  /** File and line, or dashboard › panel › query. */
  readonly place: string;
  /** The expression as it is written. */
  readonly text: string;
  readonly expr: Expression;
  readonly isAlert: boolean;
  readonly isForeign: boolean;
  /** Whether a series' name is written out: one that a variable gives is not. */
  readonly isWritten: (series: string) => boolean;
  /** Whether only who looks at it knows what a matcher wants. */
  readonly isOpen: (matcher: Matcher) => boolean;
  /** Labels that it shows in texts: legends, annotations of alerts; of a variable those whose values it offers. */
  readonly shownLabels: readonly string[];
}
