import {
  and,
  avg,
  avgOverTime,
  eq,
  gt,
  lt,
  max,
  min,
  noneOf,
  select,
  sub,
  time,
  unless,
} from "../../metrics/promql";
import {
  heldFor,
  type AlertRule,
  type DashboardLink,
  type DashboardUid,
  type RuleSettings,
  type Severity,
} from "../rule";
import { type OwnThresholds, threshold } from "../threshold";
import { serviceUp } from "./services";

/** What the alerts of probes compare with. */
export const probeThresholds = {
  certificateDaysWarning: threshold("time until a certificate ends", "days", 21, [1, 365]),
  certificateDaysCritical: threshold("time until a certificate ends", "days", 7, [0.5, 365]),
  probeDuration: threshold("time that a probe takes, mean of 5 minutes", "seconds", 2, [0.05, 60]),
} as const satisfies OwnThresholds;

const daySeconds = 86_400;
const perUrl = { by: ["service", "instance"] } as const;
const dashboard: DashboardLink<DashboardUid> = { uid: "service-health", variables: { service: "service" } };

/** Alerts of what the blackbox exporter sees of what is reached from outside: as those see it who come from there. */
export function probeAlerts({ publicPrograms, thresholds }: RuleSettings): AlertRule<DashboardUid>[] {
  const succeeds = max(select("probe_success"), perUrl);
  const [first, ...others] = publicPrograms;
  // Pages of the monitoring have an alert of their own: no customer is kept out.
  const ofServices =
    first === undefined
      ? succeeds
      : max(select("probe_success", { service: noneOf(first, ...others) }), perUrl);
  return [
    {
      alert: "ProbeFailed",
      severity: "critical",
      runbookReads: [select("probe_failed_due_to_regex")],
      // A service that is down has an alert of its own: this one waits until it is back.
      expr: unless(eq(ofServices, 0), eq(max(serviceUp, { by: ["service"] }), 0), { on: ["service"] }),
      // Longer than the service's own alerts take that are critical: where they see the fault, this one is silenced.
      for: "3m",
      summary: "{{ $labels.service }} cannot be used from outside",
      description:
        "{{ $labels.instance }} has not answered as it should for three minutes. " +
        "{{ $labels.service }} itself answers scrapes.",
      dashboard,
    },
    certificateExpires("warning", thresholds.certificateDaysWarning),
    certificateExpires("critical", thresholds.certificateDaysCritical),
    {
      alert: "ProbeSlow",
      severity: "warning",
      expr: and(
        gt(avg(avgOverTime(select("probe_duration_seconds"), "5m"), perUrl), thresholds.probeDuration),
        eq(succeeds, 1),
      ),
      for: "5m",
      keepFiringFor: "5m",
      summary: "{{ $labels.service }} is slow from outside",
      description:
        "{{ $labels.instance }} took {{ $value | humanizeDuration }} to answer, mean of 5 minutes; at most " +
        `${String(thresholds.probeDuration)} s are allowed.`,
      dashboard,
    },
  ];
}

function certificateExpires(severity: Severity, days: number): AlertRule<DashboardUid> {
  const left = sub(min(select("probe_ssl_earliest_cert_expiry"), perUrl), time());
  return {
    alert: "CertificateExpires",
    severity,
    expr: lt(left, days * daySeconds),
    // Machines behind one name may have different certificates while a new one is put in place.
    for: "10m",
    keepFiringFor: heldFor(severity),
    summary: "A certificate of {{ $labels.service }} ends soon",
    description:
      "The certificate of {{ $labels.instance }} ends in {{ $value | humanizeDuration }}; at least " +
      `${String(days)} days must be left. After it nobody can use {{ $labels.service }}.`,
    dashboard,
  };
}
