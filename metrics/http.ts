import { counter, histogram, owned } from "./define";
import { bounded, oneOf, oneOfOr } from "./labels";
import { everyService } from "./targets";

/** Upper bounds in seconds: fine below half a second, where latency objectives lie. */
export const httpLatencyBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;

/** Request methods kept apart; any other is `OTHER`. */
export const httpMethod = oneOfOr("OTHER", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

/**
 * Status codes kept apart. Another code counts as the `x00` code of its class, which is what RFC 9110, section 15,
 * tells a client to take it for: an error stays an error. 499 is a request that its client gave up.
 */
// prettier-ignore
export const httpStatusCode = oneOf(
  "100", "200", "201", "202", "204", "206", "300", "301", "302", "303", "304", "307", "308",
  "400", "401", "403", "404", "405", "406", "408", "409", "410", "412", "413", "414", "415", "422", "429", "431", "499",
  "500", "501", "502", "503", "504",
);

/** A status code of the label `status_code`. */
export type HttpStatusCode = (typeof httpStatusCode.values)[number];

/**
 * The label's value for a response's status.
 * @param status whole number from 100 to 599; anything else counts as `500`, since no sound response has it.
 */
export function httpStatusCodeLabel(status: number): HttpStatusCode {
  const known = httpStatusCode.values.find((code) => code === String(status));
  const ofClass = httpStatusCode.values.find((code) => code === String(Math.floor(status / 100) * 100));
  return known ?? ofClass ?? "500";
}

const labels = {
  method: httpMethod,
  /** The route's template (`/products/:id`), never the path. */
  route: bounded({ max: 100, rest: "unmatched", isTemplate: true }),
  status_code: httpStatusCode,
};

/** Requests that a service answers, counted once each whatever becomes of them. */
export const http = owned({ owner: "http", title: "Every service: HTTP", exportedBy: [everyService] }, [
  counter("http_requests_total", {
    help: "HTTP requests answered, aborted ones included.",
    unit: "requests",
    labels,
    maxLabelSets: 400,
  }),
  histogram("http_request_duration_seconds", {
    help: "Time from the arrival of an HTTP request to the end of its response.",
    unit: "seconds",
    labels,
    maxLabelSets: 400,
    buckets: httpLatencyBuckets,
  }),
]);
