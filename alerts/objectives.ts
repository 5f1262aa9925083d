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
import { remembered } from "../metrics/remembered";
import { objective, ratedObjective, type Objective } from "./objective";
import type { RuleSettings } from "./rule";

const withoutServerError = { status_code: notMatches("5..") } as const;

/**
 * The objectives of every service: availability and response time; of one that is asked from outside also whether it can be
 * reached.
 * @throws RangeError when a target cannot be watched, or the histogram has no bucket of that response time.
 */
export function objectivesOf({ services, publicServices, objectives }: RuleSettings): Objective[] {
  const { windowDays } = objectives;
  return services.flatMap((service) => {
    const own = objectives.services[service] ?? {};
    const availability = own.availability ?? objectives.availability;
    const latency = own.latency ?? objectives.latency;
    const within = own.latencyWithin ?? objectives.latencyWithin;
    const reachability = own.reachability ?? objectives.reachability;
    return [
      availabilityOf({ service, target: availability, windowDays }),
      latencyOf({ service, target: latency, windowDays, within }),
      ...(publicServices.includes(service)
        ? [reachabilityOf({ service, target: reachability, windowDays })]
        : []),
    ];
  });
}

interface Aim {
  readonly service: string;
  readonly target: number;
  readonly windowDays: number;
}

const ofAim = ["service", "target", "windowDays"] as const;

const availabilityOf = remembered(
  (aim: Aim): Objective =>
    objective({
      ...aim,
      name: "availability",
      alert: objectiveAlerts.availability,
      events: "requests",
      bad: "were answered with a server error",
      good: select("http_requests_total", withoutServerError),
      total: select("http_requests_total"),
    }),
  ofAim,
);

const latencyOf = remembered(
  ({ within, ...aim }: Aim & { readonly within: number }): Objective =>
    objective({
      ...aim,
      name: "latency",
      alert: objectiveAlerts.latency,
      events: "requests",
      bad: `took longer than ${String(within)} s or were answered with a server error`,
      // A fast error helps nobody.
      good: bucketUpTo("http_request_duration_seconds", within, withoutServerError),
      total: select("http_request_duration_seconds_count"),
    }),
  [...ofAim, "within"],
);

const reachabilityOf = remembered(
  (aim: Aim): Objective =>
    ratedObjective({
      ...aim,
      name: "reachability",
      alert: objectiveAlerts.reachability,
      events: "probes",
      bad: "failed",
      good: probesPerSecond(sumOverTime(probesOf(aim.service), "5m")),
      // Not before there were probes for five minutes: what fails from the start is told by ProbeFailed, sooner.
      total: and(
        probesPerSecond(countOverTime(probesOf(aim.service), "5m")),
        max(probesOf(aim.service).offset("5m"), { by: ["service"] }),
      ),
    }),
  ofAim,
);

/** 1 for each probe that succeeded, 0 for the others. */
function probesOf(service: string) {
  return select("probe_success").where("service", service);
}

function probesPerSecond<L extends string>(inFiveMinutes: Vector<L | "service">): Vector<"service"> {
  return div(sum(inFiveMinutes, { by: ["service"] }), 300);
}
