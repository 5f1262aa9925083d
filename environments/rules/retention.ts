import { z } from "zod";
import { bytesOf } from "../../constructs/docker/prometheus-settings";
import { describeValue } from "../describe";
import { durationMs } from "../../schema/primitives";
import { prometheusSchema } from "../schema/prometheus";
import { type Rule, rule } from "./rule";

/** The least that a target exposes: a service of the catalogue has some 160 series before it is asked anything. */
const leastSeriesPerTarget = 150;
/** A sample on disk: Prometheus's own figure is 1 to 2 bytes. */
const leastBytesPerSample = 1;

const { scrapeInterval, retentionTime, retentionSize } = prometheusSchema.shape;
const kept = z.looseObject({
  prometheus: z.looseObject({ scrapeInterval, retentionTime, retentionSize }),
  services: z.array(z.unknown()),
});

/** A size that even the least does not fit into would make the retention time a promise that nobody keeps. */
const sizeFitsTime = rule(kept, ({ prometheus, services }) => {
  const samples = durationMs(prometheus.retentionTime) / durationMs(prometheus.scrapeInterval);
  const least = samples * services.length * leastSeriesPerTarget * leastBytesPerSample;
  return bytesOf(prometheus.retentionSize) >= least
    ? []
    : [
        {
          path: ["prometheus", "retentionSize"],
          found: describeValue(prometheus.retentionSize),
          allowed: `at least ${String(Math.ceil(least / bytesOf("1MB")))}MB, the least that ${String(services.length)} services need in a retentionTime of ${prometheus.retentionTime}`,
        },
      ];
});

/** Rules of how long Prometheus remembers. */
export const retentionRules: readonly Rule[] = [sizeFitsTime];
