// The queries of variables. Pure: the unit tests of the root read it.

/** What the query of a variable asks for. */
export type VariableQuery =
  | { readonly kind: "label_values"; readonly label: string; readonly selector?: string }
  | { readonly kind: "metrics"; readonly pattern: string }
  | { readonly kind: "query_result"; readonly expr: string }
  | { readonly kind: "unknown" };

/** Reads `label_values(up{job="a"}, instance)`, `label_values(job)`, `metrics(pattern)`, `query_result(expr)`. */
export function readVariableQuery(text: string): VariableQuery {
  const [, name, inside] = /^\s*(\w+)\s*\(([\s\S]*)\)\s*$/.exec(text) ?? [];
  const argument = inside?.trim() ?? "";
  switch (name) {
    case "label_values": {
      // The label stands last; commas before it are the selector's own.
      const [, selector, label] = /^(?:([\s\S]*\S)\s*,)?\s*([a-zA-Z_]\w*)$/.exec(argument) ?? [];
      if (label === undefined) return { kind: "unknown" };
      return { kind: "label_values", label, ...(selector !== undefined && { selector }) };
    }
    case "metrics":
      return { kind: "metrics", pattern: argument };
    case "query_result":
      return { kind: "query_result", expr: argument };
    default:
      return { kind: "unknown" };
  }
}
