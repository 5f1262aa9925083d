import { httpLatencyBuckets } from "../metrics/http";

const statuses = [
  ["200", 5],
  ["500", 0.01],
] as const;
/** A counter, the buckets with `+Inf`, sum and count. */
const seriesPerStatus = httpLatencyBuckets.length + 4;

/**
 * What a service exports: requests and response times of as many routes, with two status codes each, as it takes.
 * @param series how many, rounded up to whole routes
 * @param seconds since the service started
 */
export function exposition(series: number, seconds: number): string {
  const routes = Math.ceil(series / (statuses.length * seriesPerStatus));
  const lines = ["# TYPE http_requests_total counter", "# TYPE http_request_duration_seconds histogram"];
  for (let route = 0; route < routes; route += 1) {
    for (const [status, perSecond] of statuses) {
      const labels = `method="GET",route="/items/${String(route)}/:id",status_code="${status}"`;
      const count = Math.floor(seconds * perSecond);
      lines.push(`http_requests_total{${labels}} ${String(count)}`);
      for (const [index, le] of [...httpLatencyBuckets, "+Inf"].entries()) {
        const within = Math.floor((count * (index + 1)) / (httpLatencyBuckets.length + 1));
        lines.push(`http_request_duration_seconds_bucket{${labels},le="${String(le)}"} ${String(within)}`);
      }
      lines.push(`http_request_duration_seconds_sum{${labels}} ${String(count * 0.1)}`);
      lines.push(`http_request_duration_seconds_count{${labels}} ${String(count)}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
