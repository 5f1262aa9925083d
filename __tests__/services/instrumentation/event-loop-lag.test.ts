import { setTimeout as sleep } from "node:timers/promises";
import { PrometheusRegistry } from "../../../services/instrumentation/prometheus";
import { until } from "../../support/until";

/** The event loop's lag as a scrape gives it, in seconds, by what stands between the prefix and the unit. */
async function lags(registry: PrometheusRegistry): Promise<Readonly<Record<string, number>>> {
  const families = await registry.families();
  return Object.fromEntries(
    families.flatMap(({ name, samples }) => {
      const measure = /^nodejs_eventloop_lag_(\w+)_seconds$/.exec(name)?.[1];
      return measure === undefined ? [] : [[measure, samples[0]?.value ?? NaN]];
    }),
  );
}

function block(milliseconds: number): void {
  const end = performance.now() + milliseconds;
  while (performance.now() < end);
}

it("says how late callbacks ran since the last scrape, without the time between two looks", async () => {
  const registry = new PrometheusRegistry();
  registry.addRuntimeMetrics();
  await sleep(500);
  const idle = await lags(registry);
  expect(Object.keys(idle).sort()).toEqual(["max", "mean", "min", "p50", "p90", "p99", "stddev"]);
  // The looks are 50 ms apart.
  expect(idle.min).toBeLessThan(0.01);

  await sleep(100);
  block(400);
  await sleep(200);
  const blocked = await lags(registry);
  expect(blocked.max).toBeGreaterThan(0.3);
  expect(blocked.p99).toBe(blocked.max);
  expect(blocked.min).toBeLessThan(0.05);

  // A busy machine may let no look happen between two scrapes: then what was seen before holds.
  await until(async () => ((await lags(registry)).max ?? NaN) < (blocked.max ?? NaN));
});

it("keeps what it saw for a scrape right after another", async () => {
  const registry = new PrometheusRegistry();
  registry.addRuntimeMetrics();
  await sleep(100);
  block(400);
  await sleep(200);
  const first = await lags(registry);
  expect(await lags(registry)).toEqual(first);
});
