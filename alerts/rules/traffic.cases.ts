import { type AlertCase, type Level, type Levels, series } from "../cases";
import type { Severity } from "../rule";

const shop = { service: "shop", job: "shop" } as const;
const hours = 60;

/** At the edge a third is left for an hour and a half, so that there was too little an hour before nothing came any more. */
const tooLittleBefore: Level = (seconds) => 0.75 * Math.min(seconds, 5_400);
/** Requests per second. */
const levels: Levels = [2, tooLittleBefore, 0];

/** A week and some hours as they should be, then more hours without a request than the hour before could tell of. */
function goneFor(severity: Severity): AlertCase {
  return {
    alert: "TrafficGone",
    severity,
    series: [
      series("http_requests_total", { ...shop, status_code: "200", method: "GET" }, levels),
      series("up", { ...shop, instance: "shop:3000" }, [1, 1, 1]),
    ],
    step: 120,
    minutes: { healthy: (7 * 24 + 3) * hours, faulty: 2.5 * hours, mended: 1 * hours },
    labels: { service: "shop" },
    summary: "shop gets hardly any requests",
    description:
      "shop is up and got 0 requests per second over the last 5 minutes: less than 10% of those an hour, a day and a week before.",
  };
}

/** How the alerts of missing traffic behave. */
export const trafficCases: readonly AlertCase[] = [goneFor("warning"), goneFor("critical")];
