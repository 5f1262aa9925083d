import { objectiveAlerts } from "../metrics/objectives";
import {
  and,
  bucketUpTo,
  countOverTime,
  div,
  max,
  notMatches,
  select,
  sum,
  sumOverTime,
  type Vector,
} from "../metrics/promql";
import { objective, ratedObjective, type Objective } from "./objective";
import type { RuleSettings } from "./rule";

const withoutServerError = { status_code: notMatches("5..") } as const;

/**
 * The objectives of every service: availability and response time; of one that is asked from outside also whether it can be
 * reached.
 * @throws RangeError when a target cannot be watched, or the histogram has no bucket of that response time.
 */
export function objectivesOf({ services, publicServices, objectives }: RuleSettings): Objective[] {
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
      ...(publicServices.includes(service)
        ? [
            ratedObjective({
              service,
              name: "reachability",
              alert: objectiveAlerts.reachability,
              events: "probes",
              bad: "failed",
              good: probesPerSecond(sumOverTime(probesOf(service), "5m")),
              // Not before there were probes for five minutes: what fails from the start is told by ProbeFailed, sooner.
              total: and(
                probesPerSecond(countOverTime(probesOf(service), "5m")),
                max(probesOf(service).offset("5m"), { by: ["service"] }),
              ),
              target: own.reachability ?? objectives.reachability,
              windowDays,
            }),
          ]
        : []),
    ];
  });
}

/** 1 for each probe that succeeded, 0 for the others. */
function probesOf(service: string) {
  return select("probe_success").where("service", service);
}

function probesPerSecond<L extends string>(inFiveMinutes: Vector<L | "service">): Vector<"service"> {
  return div(sum(inFiveMinutes, { by: ["service"] }), 300);
}
