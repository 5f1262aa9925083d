import { objectiveAlerts, type ObjectiveName } from "../metrics/objectives";
import { type AlertCase, type CaseSeries, type Levels, series } from "./cases";

const shop = { service: "shop", job: "shop" } as const;
const hours = 60;

/** A request a second, of which these shares were not good: too slow, or answered with an error. */
const badRequests: Readonly<Record<ObjectiveName, (bad: readonly [number, number, number]) => CaseSeries[]>> =
  {
    availability: ([healthy, edge, faulty]) => [
      series("http_requests_total", { ...shop, status_code: "200" }, [1 - healthy, 1 - edge, 1 - faulty]),
      series("http_requests_total", { ...shop, status_code: "500" }, [healthy, edge, faulty]),
    ],
    latency: ([healthy, edge, faulty]) => [
      series("http_request_duration_seconds_bucket", { ...shop, le: "0.5" }, [
        1 - healthy,
        1 - edge,
        1 - faulty,
      ]),
      series("http_request_duration_seconds_bucket", { ...shop, le: "+Inf" }, all(1)),
      series("http_request_duration_seconds_count", shop, all(1)),
    ],
  };

interface Burn {
  readonly long: string;
  readonly short: string;
  readonly severity: "critical" | "warning";
  readonly factor: number;
  readonly hoursLeft: number;
  /** Length of the long window, during which the fault goes on, and after which it is mended, in hours. */
  readonly faulty: number;
  readonly mended: number;
  readonly step: number;
}

const burns: readonly Burn[] = [
  {
    long: "1h",
    short: "5m",
    severity: "critical",
    factor: 14.4,
    hoursLeft: 50,
    faulty: 1.5,
    mended: 1,
    step: 30,
  },
  {
    long: "6h",
    short: "30m",
    severity: "critical",
    factor: 6,
    hoursLeft: 120,
    faulty: 7,
    mended: 2,
    step: 60,
  },
  {
    long: "1d",
    short: "2h",
    severity: "warning",
    factor: 3,
    hoursLeft: 240,
    faulty: 26,
    mended: 4,
    step: 120,
  },
  {
    long: "3d",
    short: "6h",
    severity: "warning",
    factor: 1,
    hoursLeft: 720,
    faulty: 78,
    mended: 10,
    step: 240,
  },
];

const promised: Readonly<Record<ObjectiveName, { readonly allowed: number; readonly events: string }>> = {
  availability: { allowed: 0.005, events: "answered without a server error" },
  latency: { allowed: 0.01, events: "answered within 0.5 s" },
};

/** How the burn-rate alerts of both objectives of a service behave. */
export const objectiveCases: readonly AlertCase[] = (["availability", "latency"] as const).flatMap((name) =>
  burns.map((burn): AlertCase => {
    const { long, short, severity, factor, hoursLeft, faulty, mended, step } = burn;
    const { allowed, events } = promised[name];
    const share = 1.2 * factor * allowed;
    return {
      alert: objectiveAlerts[name],
      severity,
      series: badRequests[name]([0, 0.95 * factor * allowed, share]),
      step,
      minutes: { healthy: 2 * hours, faulty: faulty * hours, mended: mended * hours },
      labels: { service: "shop", objective: name, long, short },
      summary: `shop uses up its error budget of ${name} ${String(factor)} times too fast`,
      description:
        `Over the last ${long} ${percentage(share)} of the requests were not ${events}; ` +
        `${percentage(allowed)} are allowed. At this rate the budget of 30 days lasts less than ${String(hoursLeft)} hours.`,
    };
  }),
);

function all(level: number): Levels {
  return [level, level, level];
}

/** As Prometheus's `humanizePercentage` writes it: four digits. */
function percentage(share: number): string {
  return `${String(Number((share * 100).toPrecision(4)))}%`;
}
