import { anyOf, eq, gt, increase, matches, max, rate, ratio, select, sum } from "../../metrics/promql";
import { edgePrograms } from "../../metrics/targets";
import type { AlertRule, DashboardUid, RuleSettings } from "../rule";
import { percent } from "../text";
import { type OwnThresholds, share, threshold, wholeThreshold } from "../threshold";

/** What the alerts of the edge compare with. */
export const edgeThresholds = {
  edgeErrorRatio: threshold("requests that the edge answered with 500 or above", "ratio", 0.05, share),
  edgeRefusedLogins: wholeThreshold("logins that the edge refused in 5 minutes", "logins", 50, [5, 100_000]),
} as const satisfies OwnThresholds;

const common = {
  severity: "warning",
  keepFiringFor: "5m",
  labels: { service: "edge" },
  dashboard: { uid: "monitoring" },
} as const;
const ofPages = { service: anyOf(...edgePrograms) } as const;
const perInstance = { by: ["instance"] } as const;

/** Alerts of the reverse proxy in front of what people reach. */
export function edgeAlerts({ thresholds: limits }: RuleSettings): AlertRule<DashboardUid>[] {
  const requests = "caddy_http_request_duration_seconds_count";
  // Of the handlers that count a request, the first.
  const once = { server: "https", handler: "rate_limit" } as const;
  return [
    {
      alert: "EdgeErrors",
      expr: gt(
        ratio(
          sum(rate(select(requests, { ...once, code: matches("5..") }), "5m"), perInstance),
          sum(rate(select(requests, once), "5m"), perInstance),
        ),
        limits.edgeErrorRatio,
      ),
      for: "5m",
      summary: "The edge answers with errors",
      description:
        "{{ $value | humanizePercentage }} of the requests of the last 5 minutes were answered with a status of 500 or " +
        `above; at most ${percent(limits.edgeErrorRatio)} may be.`,
      ...common,
    },
    {
      alert: "EdgeLoginsRefused",
      expr: gt(
        sum(
          increase(select(requests, { server: "https", handler: "authentication", code: "401" }), "5m"),
          perInstance,
        ),
        limits.edgeRefusedLogins,
      ),
      for: "5m",
      summary: "Many logins are refused at the edge",
      description:
        "{{ $value | humanize }} requests of the last 5 minutes came with a wrong password; at most " +
        `${String(limits.edgeRefusedLogins)} may. Somebody may be guessing.`,
      ...common,
    },
    {
      alert: "EdgePageFailed",
      severity: "warning",
      runbookReads: [select("probe_http_status_code", ofPages)],
      expr: eq(max(select("probe_success", ofPages), { by: ["service", "instance"] }), 0),
      for: "5m",
      summary: "The pages of {{ $labels.service }} cannot be reached as they should at the edge",
      description:
        "{{ $labels.instance }} has not answered as it should for five minutes: not at all, with a certificate that " +
        "does not hold, with an error, or without asking for a login.",
      dashboard: common.dashboard,
    },
  ];
}
