import { type AlertCase, series } from "../cases";

const requests = "caddy_http_request_duration_seconds_count";
const edge = { job: "edge", instance: "edge:9180", server: "https", method: "GET" } as const;
const once = { ...edge, handler: "rate_limit" } as const;
const labels = { instance: "edge:9180", service: "edge" } as const;

const page = { job: "probe", service: "jaeger", instance: "https://jaeger.example.com/" } as const;

/** How the alerts of the edge behave. */
export const edgeCases: readonly AlertCase[] = [
  {
    alert: "EdgeErrors",
    severity: "warning",
    series: [
      series(requests, { ...once, code: "200" }, [100, 96, 90]),
      series(requests, { ...once, code: "502" }, [0, 4, 10]),
      // The same requests, counted by the next handler: they count neither way.
      series(requests, { ...edge, handler: "reverse_proxy", code: "502" }, [100, 100, 100]),
    ],
    labels,
    summary: "The edge answers with errors",
    description:
      "10% of the requests of the last 5 minutes were answered with a status of 500 or above; at most 5% may be.",
  },
  {
    alert: "EdgeLoginsRefused",
    severity: "warning",
    series: [
      series(requests, { ...edge, handler: "authentication", code: "401" }, [0, 0.15, 0.3]),
      series(requests, { ...edge, handler: "authentication", code: "200" }, [100, 100, 100]),
      series(requests, { ...once, code: "401" }, [100, 100, 100]),
    ],
    labels,
    summary: "Many logins are refused at the edge",
    description:
      "90 requests of the last 5 minutes came with a wrong password; at most 50 may. Somebody may be guessing.",
  },
  {
    alert: "EdgePageFailed",
    severity: "warning",
    series: [
      series("probe_success", page, [1, 1, 0]),
      // A service's URL has alerts of its own.
      series("probe_success", { ...page, service: "shop" }, [0, 0, 0]),
    ],
    labels: { service: "jaeger", instance: "https://jaeger.example.com/" },
    summary: "The pages of jaeger cannot be reached as they should at the edge",
    description:
      "https://jaeger.example.com/ has not answered as it should for five minutes: not at all, with a certificate that " +
      "does not hold, with an error, or without asking for a login.",
  },
];
