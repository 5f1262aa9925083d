import type { Configuration, Route } from "./configuration";
import { containsDay, dayOf, type TimeInterval } from "./time-interval";
import { transitions, utcOffset } from "./zone";

/** From a time to another, the last one excluded: milliseconds of Unix time, at whole minutes. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

const day = 86_400_000;

/** The parts of a span that are in a time interval, in order, each apart from the next. */
export function spansOf(interval: TimeInterval, { from, to }: Span): readonly Span[] {
  const { location, times = [{ from: 0, to: 1440 }] } = interval;
  const bounds = [from, ...transitions(location, from, to), to];
  const found: Span[] = [];
  for (let index = 0; index + 1 < bounds.length; index++) {
    const [begin = from, end = to] = [bounds[index], bounds[index + 1]];
    const offset = utcOffset(location, begin);
    for (let local = Math.floor((begin + offset) / day) * day; local - offset < end; local += day) {
      if (!containsDay(interval, dayOf(local))) continue;
      for (const time of times) {
        const span = {
          from: Math.max(begin, local - offset + time.from * 60_000),
          to: Math.min(end, local - offset + time.to * 60_000),
        };
        if (span.from < span.to) found.push(span);
      }
    }
  }
  return united(found);
}

/** Spans in order, with those that touch put together. */
export function united(spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  for (const span of [...spans].sort((one, other) => one.from - other.from)) {
    const last = result.at(-1);
    if (last === undefined || span.from > last.to) result.push(span);
    else result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
  }
  return result;
}

/** What is in a span and in none of some others, which are in order and apart from each other. */
export function without(all: Span, spans: readonly Span[]): readonly Span[] {
  const result: Span[] = [];
  let at = all.from;
  for (const { from, to } of spans) {
    if (from > at) result.push({ from: at, to: Math.min(from, all.to) });
    at = Math.max(at, to);
  }
  if (at < all.to) result.push({ from: at, to: all.to });
  return result;
}

/** When a route tells, within a span. */
export function tellingSpans(route: Route, { timeIntervals }: Configuration, all: Span): readonly Span[] {
  const of = (names: readonly string[]) =>
    united(names.flatMap((name) => timeIntervals.get(name) ?? []).flatMap((each) => spansOf(each, all)));
  const muted = of(route.muteTimeIntervals);
  const active = route.activeTimeIntervals.length === 0 ? [all] : of(route.activeTimeIntervals);
  return active.flatMap((span) =>
    without(
      span,
      muted.filter(({ from, to }) => to > span.from && from < span.to),
    ),
  );
}
