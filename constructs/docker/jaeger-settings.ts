import { z } from "zod";
import { decimal, duration, list, wholeNumber } from "../../schema/primitives";

/** Where Jaeger keeps traces. */
export const traceStorage = z.discriminatedUnion("kind", [
  z.strictObject({
    /** On a volume, by Badger: traces last when the container is restarted or replaced. */
    kind: z.literal("volume"),
    /**
     * How long traces are kept. It alone bounds the disk: Badger has no limit by size. A changed one holds for spans that
     * arrive from then on. Default `3d`.
     */
    retentionTime: duration("1h", "90d").default("3d"),
  }),
  z.strictObject({
    /** In memory: traces need not last, and are gone when the container ends. */
    kind: z.literal("memory"),
    /** Traces that are kept; the oldest go first. Default 100,000. */
    maxTraces: wholeNumber(1, 10_000_000).default(100_000),
  }),
]);

/** Where Jaeger keeps traces, with all that may be left out. */
export type TraceStorage = z.output<typeof traceStorage>;

const ascending = "a list of 1 to 30 numbers of seconds from 0.001 to 3600, ascending";

/** What Jaeger measures of the calls between services, from their spans. */
export const callMetrics = z.strictObject({
  /** Upper bounds of the buckets of their times in seconds, ascending. */
  buckets: list(decimal(0.001, 3600), 1, 30).refine(
    (bounds) => bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? 0)),
    { error: ascending },
  ),
});

/** What is measured of calls. */
export type CallMetrics = z.output<typeof callMetrics>;
