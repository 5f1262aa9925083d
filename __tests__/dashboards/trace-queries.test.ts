import { traceQueries } from "../../dashboards/trace-queries";
import { syntaxErrors } from "../support/promql";

it("asks for the span's service, in PromQL once Grafana has put in its labels", () => {
  const queries = traceQueries();
  expect(queries.map(({ name }) => name)).toEqual(["Request rate", "Error ratio", "Response time p95"]);
  for (const { query } of queries) {
    expect(query).toContain("{$__tags");
    expect(query).not.toContain("$service");
    expect(syntaxErrors(query.replaceAll("$__tags", 'service="order-service"'))).toEqual([]);
  }
});
