import { familyOf } from "../../metrics/families";
import { selectorsOf, type Query } from "../../metrics/promql";
import { catalogue } from "./system";

/**
 * The metrics that an expression reads, each once, in order of the alphabet: names of the catalogue
 * (`http_request_duration_seconds` for its `_bucket`) and of recording rules.
 */
export function metricsRead(expr: Query): readonly string[] {
  const read = selectorsOf(expr.node).map(({ metric }) => familyOf(catalogue, metric)?.name ?? metric);
  return [...new Set(read)].sort();
}
