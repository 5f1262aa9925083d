// How a variable's value becomes part of a query. Pure: the unit tests of the root read it.

/** A variable as far as its form decides how its value is written. */
export interface VariableForm {
  readonly multi?: boolean;
  readonly includeAll?: boolean;
}

/** Characters that mean something in a regular expression of PromQL, which stands in a string literal. */
function escapeRegex(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&").replace(/\\/g, "\\\\");
}

/** A text within a string literal of PromQL. */
function escapeString(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/"/g, '\\"');
}

/**
 * A variable's value as Grafana writes it into a PromQL query: where several may be chosen, a regular expression that
 * matches each of them literally, else the text itself.
 */
export function prometheusValue(value: unknown, variable: VariableForm): string {
  const values = (Array.isArray(value) ? value : [value]).map(String);
  if (!variable.multi && !variable.includeAll) return escapeString(values.join("|"));
  const escaped = values.map(escapeRegex);
  return escaped.length === 1 ? (escaped[0] ?? "") : `(${escaped.join("|")})`;
}
