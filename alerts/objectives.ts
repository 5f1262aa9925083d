import { objectiveAlerts } from "../metrics/objectives";
import { bucketUpTo, notMatches, select } from "../metrics/promql";
import { objective, type Objective } from "./objective";
import type { RuleSettings } from "./rule";

const withoutServerError = { status_code: notMatches("5..") } as const;

/**
 * The objectives of every service: availability and response time.
 * @throws RangeError when a target cannot be watched, or the histogram has no bucket of that response time.
 */
export function objectivesOf({ services, objectives }: RuleSettings): Objective[] {
  return services.flatMap((service) => {
    const own = objectives.services[service] ?? {};
    const within = own.latencyWithin ?? objectives.latencyWithin;
    const { windowDays } = objectives;
    return [
      objective({
        service,
        name: "availability",
        alert: objectiveAlerts.availability,
        events: "requests",
        bad: "were answered with a server error",
        good: select("http_requests_total", withoutServerError),
        total: select("http_requests_total"),
        target: own.availability ?? objectives.availability,
        windowDays,
      }),
      objective({
        service,
        name: "latency",
        alert: objectiveAlerts.latency,
        events: "requests",
        bad: `took longer than ${String(within)} s or were answered with a server error`,
        // A fast error helps nobody.
        good: bucketUpTo("http_request_duration_seconds", within, withoutServerError),
        total: select("http_request_duration_seconds_count"),
        target: own.latency ?? objectives.latency,
        windowDays,
      }),
    ];
  });
}
