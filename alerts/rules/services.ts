import { monitoringJobs } from "../../metrics/exporters";
import { absent, and, avg, eq, gt, lt, max, noneOf, not, select } from "../../metrics/promql";
import { probeJob } from "../../metrics/targets";
import { errorRatio, latencyP95, requestRate } from "../../metrics/recorded";
import {
  heldFor,
  type AlertRule,
  type DashboardUid,
  type DashboardLink,
  type RuleSettings,
  type Severity,
} from "../rule";
import { percent } from "../text";
import { type OwnThresholds, share, threshold } from "../threshold";

/** What the alerts of services compare with. */
export const serviceThresholds = {
  errorRatioWarning: threshold("requests answered with 500 or above", "ratio", 0.01, share),
  errorRatioCritical: threshold("requests answered with 500 or above", "ratio", 0.05, share),
  latencyP95Warning: threshold("95th percentile of the response time", "seconds", 1, [0.005, 10]),
  latencyP95Critical: threshold("95th percentile of the response time", "seconds", 2.5, [0.005, 10]),
  minimumRequestRate: threshold(
    "requests below which a service's errors and response times are not judged",
    "per second",
    0.02,
    [0.001, 1000],
  ),
} as const satisfies OwnThresholds;

/** Scrapes of services, whatever their number and names: not those of what is asked from outside. */
export const serviceUp = select("up", { service: not(""), job: noneOf(...monitoringJobs, probeJob) });
const perService = { by: ["service"] } as const;
const dashboard: DashboardLink<DashboardUid> = { uid: "service-health", variables: { service: "service" } };

/** Alerts of every service: whether it is there, answers without errors, and in time. */
export function serviceAlerts(settings: RuleSettings): AlertRule<DashboardUid>[] {
  const { discoveredServices, thresholds: limits } = settings;
  return [
    {
      alert: "ServiceDown",
      severity: "critical",
      expr: eq(max(serviceUp, perService), 0),
      for: "1m",
      summary: "{{ $labels.service }} is down",
      description: "No instance of {{ $labels.service }} has answered a scrape for a minute.",
      dashboard,
    },
    ...discoveredServices.map((service) => absentAlert(service)),
    {
      alert: "ServiceInstancesDown",
      severity: "warning",
      needs: ["service-replicas"],
      expr: lt(gt(avg(serviceUp, perService), 0), 1),
      for: "5m",
      keepFiringFor: "5m",
      summary: "Instances of {{ $labels.service }} are down",
      description:
        "Only {{ $value | humanizePercentage }} of the instances of {{ $labels.service }} answer scrapes.",
      dashboard,
    },
    {
      alert: "TargetWithoutMetrics",
      severity: "warning",
      expr: and(eq(select("scrape_samples_scraped"), 0), eq(select("up"), 1)),
      for: "5m",
      summary: "{{ $labels.job }} exports no metrics",
      description: "{{ $labels.instance }} answers scrapes, but with {{ $value }} samples.",
      dashboard: { uid: "monitoring" },
    },
    highErrorRatio("warning", limits.errorRatioWarning, settings),
    highErrorRatio("critical", limits.errorRatioCritical, settings),
    highLatency("warning", limits.latencyP95Warning, settings),
    highLatency("critical", limits.latencyP95Critical, settings),
  ];
}

function absentAlert(service: string): AlertRule<DashboardUid> {
  return {
    alert: "ServiceAbsent",
    severity: "critical",
    needs: ["discovered-services"],
    expr: absent(select("up").where("service", service)),
    for: "5m",
    labels: { service },
    summary: `${service} is not watched`,
    description: `Prometheus has no target of ${service}: nothing would tell if it were down.`,
    dashboard,
  };
}

function highErrorRatio(
  severity: Severity,
  most: number,
  { thresholds }: RuleSettings,
): AlertRule<DashboardUid> {
  const isJudged = gt(select(requestRate), thresholds.minimumRequestRate);
  return {
    alert: "HighErrorRatio",
    severity,
    expr: and(gt(select(errorRatio), most), isJudged),
    for: severity === "critical" ? "2m" : "5m",
    keepFiringFor: heldFor(severity),
    summary: "{{ $labels.service }} answers with errors",
    description:
      "{{ $value | humanizePercentage }} of the requests to {{ $labels.service }} were answered with a status of " +
      `500 or above over the last 5 minutes; at most ${percent(most)} may be.`,
    dashboard,
  };
}

function highLatency(
  severity: Severity,
  most: number,
  { thresholds }: RuleSettings,
): AlertRule<DashboardUid> {
  const isJudged = gt(select(requestRate), thresholds.minimumRequestRate);
  return {
    alert: "HighLatency",
    severity,
    expr: and(gt(select(latencyP95), most), isJudged),
    for: severity === "critical" ? "2m" : "5m",
    keepFiringFor: heldFor(severity),
    summary: "{{ $labels.service }} is slow",
    description:
      "The slowest 5% of the requests to {{ $labels.service }} took longer than {{ $value | humanizeDuration }} over " +
      `the last 5 minutes; at most ${String(most)} s are allowed.`,
    dashboard,
  };
}
