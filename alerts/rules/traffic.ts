import {
  and,
  anyOf,
  clampMin,
  eq,
  gte,
  lt,
  max,
  minOverTime,
  mul,
  or,
  select,
  type Duration,
  type Selector,
} from "../../metrics/promql";
import { requestRate } from "../../metrics/recorded";
import { durationOf } from "../durations";
import { heldFor, type AlertRule, type DashboardUid, type RuleSettings, type Severity } from "../rule";
import { percent } from "../text";
import { type OwnThresholds, share, threshold } from "../threshold";
import { serviceUp } from "./services";

/** What the alerts of missing traffic compare with. */
export const trafficThresholds = {
  trafficGoneShare: threshold(
    "requests, of those an hour, a day and a week before, below which traffic is gone",
    "ratio",
    0.1,
    share,
  ),
  trafficGoneMinimum: threshold(
    "requests that there must have been an hour, a day and a week before",
    "per second",
    1,
    [0.01, 100_000],
  ),
} as const satisfies OwnThresholds;

const alert = "TrafficGone";
const perService = { by: ["service"] } as const;

/**
 * What an earlier time is: the hour around it, so that traffic that goes to bed at ten may do so half an hour sooner. The
 * offset is to the end of that hour.
 */
const around: Duration = "1h";
const ago = { hour: "1h", day: durationOf(86_400 - 1_800), week: durationOf(604_800 - 1_800) } as const;

/**
 * Alerts of traffic that stays away, though the service is up. Critical of services that customers reach, as nothing but
 * an outage in front of them keeps all away; of others a warning: their callers may have changed.
 */
export function trafficAlerts(settings: RuleSettings): AlertRule<DashboardUid>[] {
  const [first, ...others] = settings.publicServices;
  return [
    trafficGone("warning", select(requestRate), settings),
    ...(first === undefined
      ? []
      : [trafficGone("critical", select(requestRate, { service: anyOf(first, ...others) }), settings)]),
  ];
}

function trafficGone(
  severity: Severity,
  now: Selector<"service">,
  { thresholds }: RuleSettings,
): AlertRule<DashboardUid> {
  const { trafficGoneShare: part, trafficGoneMinimum: least } = thresholds;
  const leastRate = (end: Duration) => minOverTime(now.offset(end), around);
  // Where there was too little at one of the times, at night or before the service was there, nothing is told.
  const fellSince = (end: Duration) => lt(now, mul(gte(leastRate(end), least), part));
  const fell = and(and(fellSince(ago.hour), fellSince(ago.day)), fellSince(ago.week));
  // An hour after the fall the hour before is as bad, and at night there would be little traffic anyway.
  const told = max(select("ALERTS", { alertname: alert, alertstate: "firing", severity }), perService);
  const staysAway = and(lt(now, mul(clampMin(leastRate(ago.week), least), part)), told);
  return {
    alert,
    severity,
    needs: ["week-of-samples"],
    expr: and(or(fell, staysAway), eq(max(serviceUp, perService), 1)),
    // Longer than the 5 minutes in which rates are too low after Prometheus, or the service, was started again.
    for: "6m",
    keepFiringFor: heldFor(severity),
    summary: "{{ $labels.service }} gets hardly any requests",
    description:
      "{{ $labels.service }} is up and got {{ $value | humanize }} requests per second over the last 5 minutes: less " +
      `than ${percent(part)} of those an hour, a day and a week before.`,
    dashboard: { uid: "service-health", variables: { service: "service" } },
  };
}
