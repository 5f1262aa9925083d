import { type AlertCase, every, type Level, type Levels, rare, series } from "../cases";

const shop = { service: "shop", job: "shop" } as const;
const labels = { service: "shop" } as const;

function up(instance: string, levels: Levels) {
  return series("up", { ...shop, instance: `${instance}:3000` }, levels);
}

/** Requests per second, by status. */
function requests(status: "200" | "500", levels: Levels) {
  return series("http_requests_total", { ...shop, status_code: status, method: "GET" }, levels);
}

/** One request a second, all of them answered within a bound. */
function answeredWithin(levels: readonly [healthy: string, edge: string, faulty: string]) {
  const bounds = ["0.5", "1", "2.5", "5"];
  const level = (bound: string, upTo: string): Level => (Number(bound) >= Number(upTo) ? 1 : 0);
  const bucket = (le: string, all: Levels) =>
    series("http_request_duration_seconds_bucket", { ...shop, le }, all);
  const [healthy, edge, faulty] = levels;
  return [
    ...bounds.map((le) => bucket(le, [level(le, healthy), level(le, edge), level(le, faulty)])),
    bucket("+Inf", [1, 1, 1]),
    requests("200", [1, 1, 1]),
  ];
}

/** How the alerts of services behave. */
export const serviceCases: readonly AlertCase[] = [
  {
    alert: "ServiceDown",
    severity: "critical",
    series: [up("a", [1, 0, 0]), up("b", [1, 1, 0])],
    labels,
    summary: "shop is down",
    description: "No instance of shop has answered a scrape for a minute.",
  },
  {
    alert: "ServiceAbsent",
    severity: "critical",
    series: [up("a", [1, 0, null])],
    labels,
    summary: "shop is not watched",
    description: "Prometheus has no target of shop: nothing would tell if it were down.",
    firesOnNothing: "a target that is gone is what it tells of",
  },
  {
    alert: "ServiceInstancesDown",
    severity: "warning",
    series: [up("a", [1, 1, 0]), up("b", [1, 1, 1]), up("c", [1, 1, 1]), up("d", [1, 1, 1])],
    labels,
    summary: "Instances of shop are down",
    description: "Only 75% of the instances of shop answer scrapes.",
  },
  {
    alert: "TargetWithoutMetrics",
    severity: "warning",
    series: [
      up("a", [1, 1, 1]),
      series("scrape_samples_scraped", { ...shop, instance: "a:3000" }, [120, 1, 0]),
    ],
    labels: { ...shop, instance: "a:3000" },
    summary: "shop exports no metrics",
    description: "a:3000 answers scrapes, but with 0 samples.",
  },
  {
    alert: "HighErrorRatio",
    severity: "warning",
    series: [requests("200", [1, 0.991, 0.98]), requests("500", [null, 0.009, 0.02])],
    labels,
    summary: "shop answers with errors",
    description:
      "2% of the requests to shop were answered with a status of 500 or above over the last 5 minutes; at most 1% may be.",
  },
  {
    alert: "HighErrorRatio",
    severity: "critical",
    series: [requests("200", [1, 0.955, 0.9]), requests("500", [0, 0.045, 0.1])],
    labels,
    summary: "shop answers with errors",
    description:
      "10% of the requests to shop were answered with a status of 500 or above over the last 5 minutes; at most 5% may be.",
  },
  {
    alert: "HighErrorRatio",
    severity: "critical",
    // Every request fails, but at the edge there are too few of them to judge.
    series: [requests("200", [1, 0, 0]), requests("500", [0, 0.019, 0.025])],
    labels,
    summary: "shop answers with errors",
    description:
      "100% of the requests to shop were answered with a status of 500 or above over the last 5 minutes; at most 5% may be.",
  },
  {
    alert: "HighErrorRatio",
    severity: "critical",
    // Hardly enough requests to judge, at the edge too few.
    series: [requests("200", [every(40), 0, 0]), requests("500", [0, every(60), every(40)])],
    ...rare,
    labels,
    summary: "shop answers with errors",
    description:
      "100% of the requests to shop were answered with a status of 500 or above over the last 5 minutes; at most 5% may be.",
  },
  {
    alert: "HighLatency",
    severity: "warning",
    series: answeredWithin(["0.5", "1", "2.5"]),
    labels,
    summary: "shop is slow",
    description:
      "The slowest 5% of the requests to shop took longer than 2.425s over the last 5 minutes; at most 1 s are allowed.",
  },
  {
    alert: "HighLatency",
    severity: "critical",
    series: answeredWithin(["0.5", "2.5", "5"]),
    labels,
    summary: "shop is slow",
    description:
      "The slowest 5% of the requests to shop took longer than 4.875s over the last 5 minutes; at most 2.5 s are allowed.",
  },
];
