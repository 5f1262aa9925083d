import { type AlertCase, type Levels, series } from "../cases";

const probed = { service: "shop", job: "probe", instance: "https://shop.example.com" } as const;
const labels = { service: "shop", instance: "https://shop.example.com" } as const;
const days = 86_400;

function success(levels: Levels) {
  return series("probe_success", probed, levels);
}

function up(levels: Levels) {
  return series("up", { service: "shop", job: "shop", instance: "shop:3000" }, levels);
}

/** The tests begin at the epoch: what ends is that many seconds after it. */
function endsAt(levels: Levels) {
  return series("probe_ssl_earliest_cert_expiry", probed, levels);
}

/** How the alerts of probes behave. */
export const probeCases: readonly AlertCase[] = [
  {
    alert: "ProbeFailed",
    severity: "critical",
    // At the edge the service is down, of which another alert tells.
    series: [success([1, 0, 0]), up([1, 0, 1])],
    labels,
    summary: "shop cannot be used from outside",
    description:
      "https://shop.example.com has not answered as it should for three minutes. shop itself answers scrapes.",
  },
  {
    alert: "CertificateExpires",
    severity: "warning",
    // At 6,000 s, when the case looks, there are 20 days left.
    series: [endsAt([90 * days, 21 * days + 10_000, 20 * days + 4_170])],
    labels,
    summary: "A certificate of shop ends soon",
    description:
      "The certificate of https://shop.example.com ends in 20d 0h 0m 0s; at least 21 days must be left. After it nobody can use shop.",
  },
  {
    alert: "CertificateExpires",
    severity: "critical",
    series: [endsAt([90 * days, 7 * days + 10_000, 5 * days + 4_170])],
    labels,
    summary: "A certificate of shop ends soon",
    description:
      "The certificate of https://shop.example.com ends in 5d 0h 0m 0s; at least 7 days must be left. After it nobody can use shop.",
  },
  {
    alert: "ProbeSlow",
    severity: "warning",
    series: [series("probe_duration_seconds", probed, [0.2, 1.9, 3]), success([1, 1, 1])],
    labels,
    summary: "shop is slow from outside",
    description: "https://shop.example.com took 3s to answer, mean of 5 minutes; at most 2 s are allowed.",
  },
];
