import { avg, avgOverTime, max, min, not, select, variable } from "../metrics/promql";
import { probeJob } from "../metrics/targets";
import { certificatesEnd } from "./certificates-end";
import type { Row } from "./dashboard";
import type { Colors } from "./palette";
import { statPanel, timeseriesPanel } from "./panels";
import type { DashboardSettings } from "./settings";
import { serviceVariable } from "./variables";

const range = "$__rate_interval";
/** All URLs of the chosen services: the choice of instances is one of their own. */
const probed = { job: probeJob, service: variable(serviceVariable), instance: not("") } as const;
const perService = { by: ["service"] } as const;

/** What customers get of the services that they reach: asked from outside, as they ask. */
export function userRow({ thresholds }: DashboardSettings, colors: Colors): Row {
  return {
    title: "As users see it",
    panels: [
      timeseriesPanel({
        title: "Probes that succeeded",
        description:
          "Share of the requests from outside that each service's public URL answered as it should: in time, with the right status and text, and over TLS with a certificate that holds.",
        unit: "percentunit",
        span: 8,
        max: 1,
        worst: "least",
        queries: { "{{service}}": avg(avgOverTime(select("probe_success", probed), range), perService) },
        colors,
      }),
      timeseriesPanel({
        title: "Response time from outside",
        description:
          "Time that a whole probe took, its name and its certificate included. Dashed: its alert's threshold.",
        unit: "s",
        span: 8,
        queries: {
          "{{service}}": avg(avgOverTime(select("probe_duration_seconds", probed), range), perService),
        },
        limits: { warning: thresholds.probeDuration },
        colors,
      }),
      timeseriesPanel({
        title: "Response time by phase",
        description:
          "Where the time from outside goes: finding the name, connecting, TLS, waiting for the answer, taking it.",
        unit: "s",
        span: 8,
        stacked: true,
        queries: {
          "{{service}} {{phase}}": avg(avgOverTime(select("probe_http_duration_seconds", probed), range), {
            by: ["service", "phase"],
          }),
        },
      }),
      certificatesEnd({
        title: "Certificate ends in",
        description:
          "Time until the first certificate of the chain ends: after it nobody can use the service.",
        ends: min(select("probe_ssl_earliest_cert_expiry", probed), perService),
        span: 12,
        thresholds,
      }),
      statPanel({
        title: "Status from outside",
        description: "Status with which each public URL answered last; 0 where nothing answered.",
        unit: "none",
        span: 12,
        queries: { "{{service}}": max(select("probe_http_status_code", probed), perService) },
      }),
    ],
  };
}
