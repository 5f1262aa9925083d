import { dayInWords, zonedAt } from "../zoned";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const steps = [
  60_000,
  5 * 60_000,
  15 * 60_000,
  hourMs,
  3 * hourMs,
  6 * hourMs,
  dayMs,
  2 * dayMs,
  7 * dayMs,
  14 * dayMs,
];

/** A mark of an axis. */
export interface Tick {
  readonly at: number;
  readonly text: string;
}

/**
 * Marks of a time axis, at round times of the zone.
 * @param most how many at most
 */
export function timeTicks(from: number, to: number, zone: string, most = 8): readonly Tick[] {
  const step =
    steps.find((length) => (to - from) / length <= most) ?? Math.ceil((to - from) / most / dayMs) * dayMs;
  const { hour, minute, second } = zonedAt(from, zone);
  const midnight = from - (from % 1_000) - ((hour * 60 + minute) * 60 + second) * 1_000;
  const first = midnight + Math.ceil((from - midnight) / step) * step;
  const ticks: Tick[] = [];
  for (let at = first; at <= to; at += step) {
    const clock = zonedAt(at, zone);
    const time = `${String(clock.hour)}:${String(clock.minute).padStart(2, "0")}`;
    ticks.push({ at, text: step >= dayMs ? dayInWords(clock.day).slice(4) : time });
  }
  return ticks;
}

/** Round numbers that cover a range: about so many. */
export function valueTicks(low: number, high: number, about = 3): readonly number[] {
  const span = high - low;
  if (!(span > 0) || !Number.isFinite(span)) return [low];
  const power = 10 ** Math.floor(Math.log10(span / about));
  const step = power * ([1, 2, 5, 10].find((factor) => span / (power * factor) <= about + 1) ?? 10);
  const first = Math.ceil(low / step);
  const ticks: number[] = [];
  for (let index = first; index * step <= high; index++) ticks.push(Number((index * step).toPrecision(12)));
  return ticks;
}
