import { matches, mul, or, quantile, rate, ratio, select, sum, variable } from "../metrics/promql";
import { lines, type StreamLabel } from "./logql";

/** The query for the log lines that a span leads to. */
export interface LinesOfSpan {
  /** Label of the streams that names the span's service. */
  readonly serviceLabel: StreamLabel;
  /** LogQL, in which Grafana puts the matcher of that label and the trace's id in the place of its variables. */
  readonly query: string;
}

/** A query that a span leads to. */
export interface TraceQuery {
  /** What the link is called. */
  readonly name: string;
  /** PromQL, in which Grafana puts the span's labels in the place of `$__tags`. */
  readonly query: string;
}

/** Stands for the service of the span until `$__tags`, which is no matcher of its own, takes its place. */
const ofSpan = { service: variable("service") };
const range = "5m";

/** What to look at beside a trace: the rate, the errors and the response time of the span's service at its time. */
export function traceQueries(): readonly TraceQuery[] {
  const requests = sum(rate(select("http_requests_total", ofSpan), range));
  const failures = sum(
    rate(select("http_requests_total", { ...ofSpan, status_code: matches("5..") }), range),
  );
  const buckets = rate(select("http_request_duration_seconds_bucket", ofSpan), range);
  return Object.entries({
    "Request rate": requests,
    "Error ratio": ratio(or(failures, mul(requests, 0)), requests),
    "Response time p95": quantile(0.95, buckets),
  }).map(([name, query]) => ({
    name,
    query: query.toString().replaceAll('service=~"$service"', "$__tags"),
  }));
}

/** The lines of the span's service that were written in its trace. The id is found in any line that has it, JSON or not. */
export function linesOfSpan(): LinesOfSpan {
  const serviceLabel = "container";
  const ofTrace = lines({ [serviceLabel]: variable("service") }).containing("${__trace.traceId}");
  return { serviceLabel, query: ofTrace.toString().replace(`${serviceLabel}=~"$service"`, "${__tags}") };
}
