import fc from "fast-check";
import { objectivesOf } from "../../alerts/objectives";
import { type RuleGroup, isAlert } from "../../alerts/rule";

import { objectivesSchema } from "../../alerts/objective-settings";
import { httpLatencyBuckets } from "../../metrics/http";
import { ruleSettings } from "./rule-settings";

/** What a service of a test promises, and how much it has to do. */
export interface PromisedService {
  readonly name: string;
  readonly windowDays: number;
  readonly availability: number;
  readonly latency: number;
  readonly latencyWithin: (typeof httpLatencyBuckets)[number];
  readonly requestsPerMinute: number;
}

/** What the environment's schema takes; round numbers, as people write them, and any other. */
const target = fc.oneof(
  fc.constantFrom(0.95, 0.99, 0.995, 0.999, 0.9999, 0.99999),
  fc.double({ min: 0.95, max: 0.99999, noNaN: true }),
);

/** Random services, each with promises of its own. */
export function promisedServices(count: number, seed: number): PromisedService[] {
  const promises = fc.record({
    windowDays: fc.integer({ min: 7, max: 40 }),
    availability: target,
    latency: target,
    latencyWithin: fc.constantFrom(...httpLatencyBuckets),
    requestsPerMinute: fc.oneof(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.double({ min: 1, max: 1_000, noNaN: true }),
    ),
  });
  return fc
    .sample(promises, { numRuns: count, seed })
    .map((one, index) => ({ ...one, name: `service-${String(index)}` }));
}

/**
 * The rules of a service's objectives as one group, what is recorded first: evaluated so seldom as in a test, a rule sees
 * nothing of what another one recorded the time before.
 */
export function objectiveGroup({ name, windowDays, ...promises }: PromisedService): RuleGroup {
  const { availability, latency, latencyWithin } = promises;
  const services = { [name]: { availability, latency, latencyWithin } };
  const objectives = objectivesSchema.parse({ windowDays, services });
  const rules = objectivesOf({ ...ruleSettings, services: [name], objectives }).flatMap(({ groups }) =>
    groups.flatMap((group) => group.rules),
  );
  return { name, rules: [...rules.filter((rule) => !isAlert(rule)), ...rules.filter(isAlert)] };
}

/** Some time in which a service misses what it promises so many times as often as it may. */
export interface Spell {
  readonly minutes: number;
  readonly burnRate: number;
}

/** Minutes between two samples: rates look back five, and need two. */
export const scrapeMinutes = 4;

/**
 * What Prometheus scrapes of a service, spell after spell, as promtool reads it: before each evaluation the two samples
 * that it looks at.
 * @param evaluationMinutes time between two evaluations, some times 4.
 */
export function scraped(service: PromisedService, spells: readonly Spell[], evaluationMinutes: number) {
  const skipped = evaluationMinutes / scrapeMinutes - 2;
  const shares = spells.flatMap(({ minutes, burnRate }) =>
    Array.from({ length: minutes / evaluationMinutes }, () => ({
      failed: missed(service.availability, burnRate),
      late: missed(service.latency, burnRate),
    })),
  );
  const requests = (shareOf: (one: (typeof shares)[number]) => number) => {
    let sum = 0;
    const values = shares.flatMap((one) => {
      const perMinute = service.requestsPerMinute * shareOf(one);
      sum += evaluationMinutes * perMinute;
      const [before, at] = [String(sum - scrapeMinutes * perMinute), String(sum)];
      return skipped < 0 ? [at] : [...(skipped > 0 ? [`_x${String(skipped)}`] : []), before, at];
    });
    return ["0", ...values].join(" ");
  };
  const of = (labels: string) => `{service="${service.name}", ${labels}}`;
  const bucket = (status: string) =>
    `http_request_duration_seconds_bucket${of(`status_code="${status}", le="${String(service.latencyWithin)}"`)}`;
  const count = (status: string) => `http_request_duration_seconds_count${of(`status_code="${status}"`)}`;
  return [
    { series: `http_requests_total${of('status_code="200"')}`, values: requests(({ failed }) => 1 - failed) },
    { series: `http_requests_total${of('status_code="500"')}`, values: requests(({ failed }) => failed) },
    // Half of those that miss their time are slow, the others are errors that came fast.
    { series: bucket("200"), values: requests(({ late }) => 1 - late) },
    { series: count("200"), values: requests(({ late }) => 1 - late / 2) },
    { series: bucket("500"), values: requests(({ late }) => late / 2) },
    { series: count("500"), values: requests(({ late }) => late / 2) },
  ];
}

function missed(promised: number, burnRate: number): number {
  return Math.min(1, burnRate * (1 - promised));
}
