// How a variable's value becomes part of a query. Pure: the unit tests of the root read it.

/** A variable as far as its form decides how its value is written. */
export interface VariableForm {
  readonly multi?: boolean;
  readonly includeAll?: boolean;
}

/** A text within a string literal of PromQL. */
function escapeString(text: string): string {
  return text.replace(/\\/g, "\\\\").replace(/"/g, '\\"');
}

/** A regular expression of PromQL, within a string literal, that matches a text and nothing else. */
function escapeRegex(text: string): string {
  return escapeString(text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
}

/**
 * A variable's value as Grafana writes it into a PromQL query: where several may be chosen, a regular expression that
 * matches each of them literally, else the text itself.
 */
export function prometheusValue(value: unknown, variable: VariableForm): string {
  const values = (Array.isArray(value) ? value : [value]).map(String);
  // It may be a part of a query as well as of a string in it, so that quotes stay.
  if (!variable.multi && !variable.includeAll) return values.join("|").replace(/\\/g, "\\\\");
  const escaped = values.map(escapeRegex);
  return escaped.length === 1 ? (escaped[0] ?? "") : `(${escaped.join("|")})`;
}
