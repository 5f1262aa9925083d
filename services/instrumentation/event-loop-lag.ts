import { monitorEventLoopDelay } from "node:perf_hooks";
import { setImmediate as immediate } from "node:timers/promises";
import { Gauge, type OpenMetricsContentType, type Registry } from "prom-client";

/** Time between two looks at the event loop, in milliseconds. Each wakes the process. */
const sampling = 50;

/** So seldom that it is never. */
const never = 1_000_000_000;

/**
 * Option of prom-client by which it leaves the event loop alone. Its own measure looks a hundred times a second, half a
 * percent of a core of an idle process, and counts the ten milliseconds in between as lag.
 */
export const clientsOwnLag = { eventLoopMonitoringPrecision: never } as const;

/** Puts our measure of how late callbacks run in the place of prom-client's, under its names. */
export function measureEventLoopLag(registry: Registry<OpenMetricsContentType>): void {
  const gauge = (name: string, help: string, collect?: () => Promise<void>) => {
    registry.removeSingleMetric(name);
    return new Gauge({ name, help, registers: [registry], ...(collect && { collect }) });
  };
  const delays = monitorEventLoopDelay({ resolution: sampling });
  delays.enable();
  // What is measured is the time between two looks.
  const lag = (nanoseconds: number) => Math.max(0, nanoseconds / 1e9 - sampling / 1e3);
  const measured: [Gauge, () => number][] = [];
  const takeDelays = () => {
    // Nothing was seen since a scrape that was just before: what it saw holds.
    if (delays.count === 0) return;
    for (const [each, value] of measured) each.set(value());
    delays.reset();
  };
  const now = gauge("nodejs_eventloop_lag_seconds", "Lag of event loop in seconds.", async () => {
    // The others are read while this one waits.
    takeDelays();
    const due = performance.now();
    await immediate();
    now.set((performance.now() - due) / 1e3);
  });
  const add = (name: string, help: string, value: () => number) =>
    measured.push([gauge(`nodejs_eventloop_lag_${name}_seconds`, help), value]);
  add("min", "The minimum recorded event loop delay.", () => lag(delays.min));
  add("max", "The maximum recorded event loop delay.", () => lag(delays.max));
  add("mean", "The mean of the recorded event loop delays.", () => lag(delays.mean));
  add("stddev", "The standard deviation of the recorded event loop delays.", () => delays.stddev / 1e9);
  for (const percentile of [50, 90, 99]) {
    add(
      `p${String(percentile)}`,
      `The ${String(percentile)}th percentile of the recorded event loop delays.`,
      () => lag(delays.percentile(percentile)),
    );
  }
}
