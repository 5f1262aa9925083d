import { z } from "zod";
import { httpLatencyBuckets } from "../metrics/http";
import { decimal, wholeNumber } from "../schema/primitives";

const target = decimal(0.95, 0.99999);
const within = z.literal(httpLatencyBuckets, {
  error: `a bound of the histogram: ${httpLatencyBuckets.join(", ")} seconds`,
});

/** Objectives (SLOs) of all services, and what differs for one of them. */
export const objectivesSchema = z
  .strictObject({
    /** Length of the rolling window in days. Default 30. Prometheus must keep samples at least as long. */
    windowDays: wholeNumber(7, 40).default(30),
    /** Share of requests not answered with 500 or above. Default 0.995. */
    availability: target.default(0.995),
    /** Share of requests answered in time. Default 0.99. */
    latency: target.default(0.99),
    /** What in time is, in seconds: a bound of the histogram's buckets. Default 0.5. */
    latencyWithin: within.default(0.5),
    /** Share of the probes of a service's `publicUrl` that it answers as it should. Default 0.995. */
    reachability: target.default(0.995),
    /** Other objectives of single services, by name. Default: none. */
    services: z
      .record(
        z.string(),
        z.strictObject({
          availability: target.optional(),
          latency: target.optional(),
          latencyWithin: within.optional(),
          reachability: target.optional(),
        }),
      )
      .default({}),
  })
  .prefault({});

/** What the services promise, as an environment gives it. */
export type ObjectiveSettings = z.output<typeof objectivesSchema>;
