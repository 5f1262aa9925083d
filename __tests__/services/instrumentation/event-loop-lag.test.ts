import { setTimeout as sleep } from "node:timers/promises";
import { PrometheusRegistry } from "../../../services/instrumentation/prometheus";
import { until } from "../../support/until";

const measures = ["max", "mean", "min", "p50", "p90", "p99", "stddev"] as const;

type Lags = Readonly<Record<(typeof measures)[number], number>>;

/** The event loop's lag as a scrape gives it, in seconds, by what stands between the prefix and the unit. */
async function lags(registry: PrometheusRegistry): Promise<Lags> {
  const families = await registry.families();
  const found = Object.fromEntries(
    families.flatMap(({ name, samples }) => {
      const measure = /^nodejs_eventloop_lag_(\w+)_seconds$/.exec(name)?.[1];
      return measure === undefined ? [] : [[measure, samples[0]?.value ?? NaN]];
    }),
  );
  expect(Object.keys(found).sort()).toEqual(measures);
  return found as Lags;
}

function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

/** Waits until a part of a second was seen as it must be: a busy machine may leave out the looks of a whole part. */
async function seen(
  registry: PrometheusRegistry,
  isRight: (lag: Lags) => boolean | Promise<boolean>,
  blockMs = 0,
): Promise<void> {
  await until(async () => {
    await sleep(100);
    block(blockMs);
    await sleep(400);
    return isRight(await lags(registry));
  });
}

it("says how late callbacks ran since the last scrape, without the time between two looks", async () => {
  const registry = new PrometheusRegistry();
  registry.addRuntimeMetrics();
  // The looks are 50 ms apart.
  await seen(registry, ({ min }) => min < 0.01);
  await seen(registry, ({ max, p99, min }) => max > 0.3 && p99 === max && min < 0.05, 400);
  await seen(registry, ({ max }) => max < 0.3);
});

it("keeps what it saw for a scrape right after another", async () => {
  const registry = new PrometheusRegistry();
  registry.addRuntimeMetrics();
  const isKept = async (first: Lags) =>
    first.max > 0.3 && JSON.stringify(await lags(registry)) === JSON.stringify(first);
  await seen(registry, isKept, 400);
});
