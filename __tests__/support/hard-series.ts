import type { Labels, Series } from "../../metrics/promql-engine";

/** When the written series begin, ms. */
export const hardFrom = 1_750_000_000_000;
/** When they end. */
export const hardTo = hardFrom + 4 * 3_600_000;

/** Random numbers from 0 to 1 that are the same each time (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Shape {
  /** Milliseconds between two samples. */
  readonly every?: number;
  /** How far a sample's time may be off, ms. */
  readonly jitter?: number;
  /** Share of samples that are missing. */
  readonly missing?: number;
  /** Times without samples, as shares of the whole; `isStale` writes a marker at their beginning. */
  readonly holes?: readonly { readonly from: number; readonly to: number; readonly isStale: boolean }[];
  readonly value: (index: number, random: () => number, before: number) => number;
}

function seriesOf(labels: Labels, seed: number, shape: Shape): Series {
  const random = randomNumbers(seed);
  const { every = 15_000, jitter = 0, missing = 0, holes = [], value } = shape;
  const [times, values, staleAt]: [number[], number[], number[]] = [[], [], []];
  let before = 0;
  let hole: unknown;
  for (let index = 0; hardFrom + index * every <= hardTo; index++) {
    before = value(index, random, before);
    const time = hardFrom + index * every + Math.floor(random() * jitter);
    const within = holes.find(({ from, to }) => {
      const share = (time - hardFrom) / (hardTo - hardFrom);
      return share >= from && share < to;
    });
    if (within?.isStale === true && within !== hole && times.length > 0) staleAt.push(time);
    hole = within;
    if (within !== undefined || random() < missing) continue;
    times.push(time);
    values.push(before);
  }
  return { labels, times: Float64Array.from(times), values: Float64Array.from(values), staleAt };
}

const depots = ["a", "b", "c"];

function counter(step: number, resetShare: number): Shape["value"] {
  return (_, random, before) =>
    random() < resetShare ? Math.floor(random() * 3) : before + Math.floor(random() * step);
}

/** Series with all that makes PromQL hard: gaps, stale markers, resets, NaN, infinity, buckets that are wrong. */
export function hardSeries(): readonly Series[] {
  const holes = [
    { from: 0.3, to: 0.35, isStale: true },
    { from: 0.5, to: 0.6, isStale: false },
    { from: 0.7, to: 0.71, isStale: true },
  ];
  const counters = depots.flatMap((depot, one) =>
    ["x", "y"].map((kind, other) =>
      seriesOf({ __name__: "parcels_total", depot, kind }, 10 * one + other, {
        jitter: one * 400,
        missing: other * 0.2,
        ...(one === 1 && { holes }),
        value: counter(10 + 100 * one, other === 0 ? 0 : 0.01),
      }),
    ),
  );
  const weights = depots.flatMap((depot, one) =>
    ["i1", "i2"].map((instance, other) =>
      seriesOf({ __name__: "parcels_weight", depot, instance }, 100 + 10 * one + other, {
        jitter: 3_000,
        missing: 0.05,
        ...(other === 1 && { holes }),
        value: (index, random) => {
          if (one === 2 && other === 1) {
            if (random() < 0.1) return NaN;
            if (random() < 0.05) return random() < 0.5 ? Infinity : -Infinity;
          }
          return 50 * Math.sin(index / 40) + 20 * random() - 10;
        },
      }),
    ),
  );
  const noise = depots.flatMap((depot, one) =>
    ["i1", "i2", "i3"].map((instance, other) =>
      seriesOf({ __name__: "parcels_noise", depot, instance }, 200 + 10 * one + other, {
        every: 20_000,
        ...(other === 2 && { holes }),
        value: (_, random) => 1000 * random() - 500,
      }),
    ),
  );
  const queues = depots.map((depot, one) =>
    seriesOf({ __name__: "parcels_queue", depot, site: depot === "c" ? "north" : "south" }, 300 + one, {
      missing: 0.1,
      ...(one === 0 && { holes }),
      value: (_, random, before) => (random() < 0.7 ? before : Math.floor(random() * 5) - 1),
    }),
  );
  const ups = ["i1", "i2", "i3"].map((instance, one) =>
    seriesOf({ __name__: "up", job: "parcels", instance }, 400 + one, {
      every: 30_000,
      ...(one === 2 && { holes }),
      value: (_, random) => (random() < 0.9 ? 1 : 0),
    }),
  );
  return [...counters, ...weights, ...noise, ...queues, ...ups, ...histograms(), ...extremes()];
}

/** Of the second depot a bucket is too small, of the third the last one is missing, and one has its bound twice. */
function histograms(): readonly Series[] {
  const bounds = ["0.1", "0.5", "1", "2.5", "+Inf"];
  return depots.flatMap((depot, one) =>
    [...bounds, ...(one === 2 ? ["1.0"] : [])].flatMap((le, other) => {
      if (one === 2 && le === "+Inf") return [];
      const share = (other + 1) * (one === 1 && le === "1" ? 0.3 : 1);
      return [
        seriesOf({ __name__: "payments_seconds_bucket", depot, le }, 500 + one, {
          missing: other === 1 ? 0.02 : 0,
          value: (_, random, before) => before + Math.floor(share * Math.floor(random() * 8)),
        }),
      ];
    }),
  );
}

/** Numbers at the edges of what can be added, and two that differ in their names only. */
function extremes(): readonly Series[] {
  const large = ["a", "b"].map((depot, one) =>
    seriesOf({ __name__: "parcels_large", depot }, 600 + one, {
      every: 60_000,
      value: (_, random) => (random() - 0.4) * 1.7e308,
    }),
  );
  const mixed = ["a", "b"].map((depot, one) =>
    seriesOf({ __name__: "parcels_mixed", depot }, 700 + one, {
      value: (index) => [1e15, 1, -1e15, 0.001][(index + one) % 4] as number,
    }),
  );
  const twins = ["parcels_twin_one", "parcels_twin_two"].map((name, one) =>
    seriesOf({ __name__: name, depot: "a" }, 800 + one, {
      ...(one === 0 && { holes: [{ from: 0.45, to: 1, isStale: true }] }),
      ...(one === 1 && { holes: [{ from: 0, to: 0.55, isStale: false }] }),
      value: (_, random) => random(),
    }),
  );
  const words = seriesOf({ __name__: "parcels_words", depot: "ünïcode-☃", path: "/a.b/c" }, 900, {
    value: (index) => index,
  });
  return [...large, ...mixed, ...twins, words];
}
