/** The labels of an alert. A label that is not there is the same as an empty one. */
export type Labels = Readonly<Record<string, string>>;

/** One condition on a label of an alert. */
export interface Matcher {
  readonly label: string;
  readonly operator: "=" | "!=" | "=~";
  /** A text, or for `=~` a regular expression of the whole value. */
  readonly value: string;
}

/** The label has this value. */
export function is(label: string, value: string): Matcher {
  return { label, operator: "=", value };
}

/** The label has one of these values; none of them may have a character with a meaning in regular expressions. */
export function isOneOf(label: string, values: readonly string[]): Matcher {
  const [only] = values;
  if (values.length === 1 && only !== undefined) return is(label, only);
  return { label, operator: "=~", value: values.join("|") };
}

/** The label has another value, or is not there. */
export function isNot(label: string, value: string): Matcher {
  return { label, operator: "!=", value };
}

/** The alert has the label. */
export function has(label: string): Matcher {
  return isNot(label, "");
}

/** A matcher as Alertmanager's configuration writes it. */
export function renderMatcher({ label, operator, value }: Matcher): string {
  return `${label}${operator}${JSON.stringify(value)}`;
}

/** Whether an alert meets a condition. */
export function matches({ label, operator, value }: Matcher, labels: Labels): boolean {
  const actual = labels[label] ?? "";
  switch (operator) {
    case "=":
      return actual === value;
    case "!=":
      return actual !== value;
    case "=~":
      return new RegExp(`^(?:${value})$`).test(actual);
  }
}

/** Whether an alert meets all conditions. */
export function matchesAll(matchers: readonly Matcher[], labels: Labels): boolean {
  return matchers.every((matcher) => matches(matcher, labels));
}
