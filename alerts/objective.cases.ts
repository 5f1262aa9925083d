import { objectiveAlerts, type ObjectiveName } from "../metrics/objectives";
import { type BurnAlert, burnAlertsOver } from "./burn-alerts";
import { type AlertCase, type CaseSeries, every, type Levels, series } from "./cases";

/** What the cases of an objective's burn-rate alerts are made of. */
export interface BurnCases {
  readonly service: string;
  /** Value of the label `objective`. */
  readonly name: string;
  /** Name of the alerts. */
  readonly alert: string;
  /** Share of the events that may be bad: what the target leaves. */
  readonly allowed: number;
  /** What the alerts say became of which events: `of the requests were answered with a server error`. */
  readonly says: string;
  /** The series while there is an event a second, of which these shares are bad. */
  readonly series: (bad: Shares) => readonly CaseSeries[];
}

/** Shares, from 0 to 1, while all is well, just before the alert's edge, and beyond it. */
export type Shares = readonly [healthy: number, edge: number, faulty: number];

const shop = { service: "shop", job: "shop" } as const;
const hours = 60;

/**
 * A request a second, of which these shares were not good. Of those that miss the response time half are too slow, and half
 * are errors that came fast.
 */
const badRequests: Readonly<Record<ObjectiveName, (bad: Shares) => CaseSeries[]>> = {
  availability: (bad) => [
    series(
      "http_requests_total",
      { ...shop, status_code: "200" },
      levelsOf(bad, (share) => 1 - share),
    ),
    series("http_requests_total", { ...shop, status_code: "500" }, bad),
  ],
  latency: (bad) => {
    const half = levelsOf(bad, (share) => share / 2);
    const answered = levelsOf(bad, (share) => 1 - share / 2);
    return [
      ...durations(
        "200",
        levelsOf(bad, (share) => 1 - share),
        answered,
      ),
      ...durations("500", half, half),
    ];
  },
  // A probe succeeds or fails; here each is as good as many are on average.
  reachability: (bad) => [
    series(
      "probe_success",
      { service: "shop", job: "probe", instance: "https://shop.example.com" },
      levelsOf(bad, (share) => 1 - share),
    ),
  ],
};

/** Levels that depend on such shares: of the good events, `(share) => 1 - share`. */
export function levelsOf([healthy, edge, faulty]: Shares, levelOf: (share: number) => number): Shares {
  return [levelOf(healthy), levelOf(edge), levelOf(faulty)];
}

/** The response times of the requests with one status: so many within half a second, so many in all. */
function durations(status: "200" | "500", within: Levels, all: Levels): CaseSeries[] {
  const labels = { ...shop, status_code: status } as const;
  return [
    series("http_request_duration_seconds_bucket", { ...labels, le: "0.5" }, within),
    series("http_request_duration_seconds_bucket", { ...labels, le: "+Inf" }, all),
    series("http_request_duration_seconds_count", labels, all),
  ];
}

interface Burn {
  /** The long window, in words in messages. */
  readonly over: string;
  readonly burnRate: number;
  /** How long the whole budget of 30 days lasts. */
  readonly lasts: string;
  /** How long the fault goes on, longer than the long window, and how long it is mended, in hours. */
  readonly faulty: number;
  readonly mended: number;
  readonly step: number;
}

/** A burn that is 1.2 times as fast as each alert allows, by its long window. */
const burns: Readonly<Record<string, Burn>> = {
  "1h": { over: "1 hour", burnRate: 17.28, lasts: "1d 17h 40m 0s", faulty: 1.5, mended: 1, step: 30 },
  "6h": { over: "6 hours", burnRate: 7.2, lasts: "4d 4h 0m 0s", faulty: 7, mended: 2, step: 60 },
  "1d": { over: "1 day", burnRate: 3.6, lasts: "8d 8h 0m 0s", faulty: 26, mended: 4, step: 120 },
  "3d": { over: "3 days", burnRate: 1.2, lasts: "25d 0h 0m 0s", faulty: 78, mended: 10, step: 240 },
};

const promised: Readonly<Record<ObjectiveName, Pick<BurnCases, "allowed" | "says">>> = {
  availability: { allowed: 0.005, says: "of the requests were answered with a server error" },
  latency: {
    allowed: 0.01,
    says: "of the requests took longer than 0.5 s or were answered with a server error",
  },
  reachability: { allowed: 0.005, says: "of the probes failed" },
};

/** The objectives of a service, as cases see them. */
function ofShop(name: ObjectiveName): BurnCases {
  const common = { service: shop.service, name, alert: objectiveAlerts[name] };
  return { ...common, ...promised[name], series: badRequests[name] };
}

/** How the burn-rate alerts of an objective over 30 days behave: a case for each pair of windows. */
export function burnCases(objective: BurnCases): AlertCase[] {
  return burnAlertsOver(30).map((burn) => caseOf(objective, burn));
}

function caseOf(objective: BurnCases, { long, short, severity, factor }: BurnAlert): AlertCase {
  const burn = burns[long];
  if (burn === undefined) throw new Error(`There is no burn for ${long}.`);
  const { over, burnRate, lasts, faulty, mended, step } = burn;
  const { service, name, alert, allowed, says } = objective;
  const share = burnRate * allowed;
  return {
    alert,
    severity,
    series: objective.series([0, 0.95 * factor * allowed, share]),
    step,
    minutes: { healthy: 2 * hours, faulty: faulty * hours, mended: mended * hours },
    labels: { service, objective: name, long, short },
    summary: `${service} uses up its error budget of ${name} ${String(burnRate)} times too fast`,
    description:
      `Over the last ${over} ${percentage(share)} ${says}; at most ${percentage(allowed)} may. ` +
      `At this rate the whole budget of 30 days is gone in ${lasts}.`,
  };
}

/** A request every ten minutes, in half an hour three: all of them fail, at the edge one does. */
const rareRequests: AlertCase = {
  ...caseOf(ofShop("availability"), {
    long: "6h",
    short: "30m",
    severity: "critical",
    factor: 6,
    for: "15m",
  }),
  series: [
    series("http_requests_total", { ...shop, status_code: "200" }, [every(600), every(600), 0]),
    series("http_requests_total", { ...shop, status_code: "500" }, [0, every(600, { times: 1 }), every(600)]),
  ],
  step: 60,
  samplesAfter: 20,
  minutes: { healthy: 6 * hours, faulty: 7 * hours, mended: 2 * hours },
  summary: "shop uses up its error budget of availability 200 times too fast",
  description:
    "Over the last 6 hours 100% of the requests were answered with a server error; at most 0.5% may. " +
    "At this rate the whole budget of 30 days is gone in 3h 36m 0s.",
};

/** How the burn-rate alerts of all objectives of a service behave. */
export const objectiveCases: readonly AlertCase[] = [
  ...burnCases(ofShop("availability")),
  ...burnCases(ofShop("latency")),
  ...burnCases(ofShop("reachability")),
  rareRequests,
];

/** As Prometheus's `humanizePercentage` writes it: four digits. */
function percentage(share: number): string {
  return `${String(Number((share * 100).toPrecision(4)))}%`;
}
